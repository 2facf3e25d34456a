using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>
/// The keys of access tokens: the first signs, all verify. A changed list in a file that the configuration watches takes effect while the program runs; one that
/// cannot be used is told in the log and changes nothing.
/// </summary>
public sealed partial class SigningKeys : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly LocalKeys _generated;
    private readonly ILogger<SigningKeys> _log;
    private readonly IDisposable _watch;
    private IReadOnlyList<SymmetricSecurityKey> _all;
    private volatile bool _isGenerated;

    public SigningKeys(IOptions<AuthOptions> options, LocalKeys generated, IConfiguration configuration, ILogger<SigningKeys> log)
    {
        (_configuration, _generated, _log) = (configuration, generated, log);
        _isGenerated = options.Value.SigningKeys.Count == 0;
        _all = From(options.Value.SigningKeys);
        _watch = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public IReadOnlyList<SymmetricSecurityKey> All => Volatile.Read(ref _all);

    public SigningCredentials Signing => new(All[0], SecurityAlgorithms.HmacSha256);

    /// <summary>The key of that id; empty for an id that none has, and for none.</summary>
    public IEnumerable<SecurityKey> Find(string? id) => All.Where(k => k.KeyId == id);

    public void Dispose() => _watch.Dispose();

    /// <summary>What is wrong with a list of keys, one sentence each.</summary>
    internal static IEnumerable<string> Faults(IList<SigningKeyOptions> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (LocalKeys.Parse(keys[i].Key) is null)
            {
                yield return $"Auth:SigningKeys:{i}:Key must be base64 of at least {LocalKeys.MinBytes} bytes.";
            }

            if (string.IsNullOrWhiteSpace(keys[i].Id) || keys.Take(i).Any(k => k.Id == keys[i].Id))
            {
                yield return $"Auth:SigningKeys:{i}:Id must be there and unique.";
            }
        }
    }

    private static SymmetricSecurityKey Key(string id, byte[]? key) =>
        new(key ?? throw new InvalidOperationException($"Auth:SigningKeys '{id}' is no key.")) { KeyId = id };

    private void Reload()
    {
        var read = _configuration.GetSection($"{AuthOptions.Section}:{nameof(AuthOptions.SigningKeys)}").Get<List<SigningKeyOptions>>() ?? [];
        if (read.Count == 0 && _isGenerated)
        {
            return;
        }

        var faults = Faults(read).ToList();
        if (read.Count == 0 || faults.Count > 0)
        {
            LogKept(faults.FirstOrDefault() ?? "Auth:SigningKeys is empty.");
            return;
        }

        var next = From(read);
        if (next.Count == All.Count && next.Zip(All).All(pair => pair.First.KeyId == pair.Second.KeyId && pair.First.Key.AsSpan().SequenceEqual(pair.Second.Key)))
        {
            return;
        }

        _isGenerated = false;
        Volatile.Write(ref _all, next);
        LogChanged(next.Count, next[0].KeyId);
    }

    private IReadOnlyList<SymmetricSecurityKey> From(IList<SigningKeyOptions> configured) =>
        configured.Count > 0 ? [.. configured.Select(k => Key(k.Id, LocalKeys.Parse(k.Key)))] : [Generated(_generated.Generated("signing"))];

    private static SymmetricSecurityKey Generated(byte[] key) => Key(Convert.ToHexStringLower(SHA256.HashData(key))[..12], key);

    [LoggerMessage(LogLevel.Information, "The signing keys were changed: {Count} verify, {Id} signs.")]
    private partial void LogChanged(int count, string id);

    [LoggerMessage(LogLevel.Warning, "The changed signing keys are not used, those of before stay: {Fault}")]
    private partial void LogKept(string fault);
}
