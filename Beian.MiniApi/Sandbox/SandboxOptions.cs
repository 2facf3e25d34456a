namespace Beian.MiniApi.Sandbox;

/// <summary>The played outside world.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Whether WeChat, registries and face check are played by this server, and the demo inventory is there; default false, in Development true. Nowhere else may it be true.</summary>
    public bool Enabled { get; set; }

    /// <summary>Whether other machines may reach the sandbox, and the program may listen beyond loopback with it; default false.</summary>
    public bool AllowRemote { get; set; }
}
