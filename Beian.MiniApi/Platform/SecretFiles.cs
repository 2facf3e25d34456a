namespace Beian.MiniApi.Platform;

/// <summary>Settings that are files, as Docker and Kubernetes mount secrets.</summary>
public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>A folder in which each file is one setting: its name is the setting's, with <c>__</c> for each colon (<c>Keys__BlindIndex</c>), its text the value. It wins over everything else, and is read at the start. No default.</summary>
    public string Folder { get; set; } = string.Empty;
}

/// <summary>Reads <see cref="SecretsOptions.Folder"/>.</summary>
internal static class SecretFiles
{
    /// <summary>To be called before anything reads a setting.</summary>
    public static void AddSecretFiles(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SecretsOptions>().BindConfiguration(SecretsOptions.Section)
            .Validate(o => o.Folder.Length == 0 || Directory.Exists(o.Folder), "Secrets:Folder does not exist.").ValidateOnStart();
        if (builder.Configuration[$"{SecretsOptions.Section}:{nameof(SecretsOptions.Folder)}"] is { Length: > 0 } folder && Directory.Exists(folder))
        {
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(folder));
        }
    }
}
