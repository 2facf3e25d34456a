namespace Beian.MiniApi.Sandbox.Faults;

/// <summary>The faults that are switched on. The n-th call of a fault's endpoints always gets the same draw, so that runs repeat.</summary>
internal sealed class SandboxFaults
{
    /// <summary>Services that faults can be switched on for.</summary>
    public static readonly IReadOnlyList<string> Services = ["wechat", "rdap", "dns", "face", "oidc", "tencent", "sms", "mail", "webhooks"];

    public const string Everywhere = "*";

    private const int MaxDelay = 60_000;
    private const int MaxFaults = 100;

    private static readonly SandboxFaultKind[] Mixture = [SandboxFaultKind.Slow, SandboxFaultKind.Http5xx, SandboxFaultKind.MalformedJson, SandboxFaultKind.WrongContentType, SandboxFaultKind.Dropped];

    private readonly Lock _gate = new();
    private readonly List<Running> _running = [];

    public IReadOnlyList<SandboxFaultView> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _running.Select(r => r.View)];
            }
        }
    }

    /// <summary>Switches a fault on, in place of one of the same endpoint and kind; null when it cannot be read.</summary>
    public SandboxFaultView? Set(SandboxFault fault)
    {
        var isWeChat = fault.Endpoint == "wechat" || fault.Endpoint.StartsWith("wechat/", StringComparison.Ordinal);
        if ((fault.Endpoint != Everywhere && !Services.Any(s => fault.Endpoint == s || fault.Endpoint.StartsWith(s + "/", StringComparison.Ordinal)))
            || fault.Probability is not (> 0 and <= 1) || fault.DelayMilliseconds is < 0 or > MaxDelay || fault.Times is <= 0
            || (fault.Kind == SandboxFaultKind.Errcode) != fault.Errcode.HasValue || (fault.Errcode.HasValue && !isWeChat))
        {
            return null;
        }

        lock (_gate)
        {
            _running.RemoveAll(r => r.Fault.Endpoint == fault.Endpoint && r.Fault.Kind == fault.Kind);
            if (_running.Count >= MaxFaults)
            {
                return null;
            }

            var running = new Running(fault);
            _running.Add(running);
            return running.View;
        }
    }

    /// <summary>Switches off those of one endpoint, or all for null.</summary>
    public void Clear(string? endpoint)
    {
        lock (_gate)
        {
            _running.RemoveAll(r => endpoint is null || r.Fault.Endpoint == endpoint);
        }
    }

    /// <summary>What the next call of an endpoint meets, or null; the fault switched on first wins.</summary>
    /// <param name="endpoint">Path below <c>/sandbox</c>.</param>
    public SandboxMishap? Next(string endpoint)
    {
        lock (_gate)
        {
            Running? first = null;
            foreach (var running in _running.Where(r => r.Covers(endpoint)))
            {
                var drawn = running.Draw();
                first ??= drawn ? running : null;
            }

            return first?.Meet();
        }
    }

#pragma warning disable CA5394 // Chosen by a seed so that it can be foreseen.
    private sealed class Running(SandboxFault fault)
    {
        private readonly Random _chance = new(fault.Seed);
        private int _calls;
        private int _met;
        private SandboxFaultKind _kind;

        public SandboxFault Fault => fault;

        public SandboxFaultView View => new(fault, _calls, _met);

        public bool Covers(string endpoint) =>
            fault.Endpoint == Everywhere || endpoint == fault.Endpoint || (endpoint.StartsWith(fault.Endpoint, StringComparison.Ordinal) && endpoint[fault.Endpoint.Length] == '/');

        /// <summary>Whether the next call meets it. Both draws are made for each call, met or not, so that the n-th does not depend on the ones before.</summary>
        public bool Draw()
        {
            _calls++;
            var draw = _chance.NextDouble();
            _kind = Mixture[_chance.Next(Mixture.Length)];
            return draw < fault.Probability && _met < (fault.Times ?? int.MaxValue);
        }

        /// <summary>The call just drawn meets it.</summary>
        public SandboxMishap Meet()
        {
            _met++;
            return new SandboxMishap(fault.Kind == SandboxFaultKind.Mixed ? _kind : fault.Kind, TimeSpan.FromMilliseconds(fault.DelayMilliseconds), fault.Errcode ?? 0);
        }
    }
#pragma warning restore CA5394
}
