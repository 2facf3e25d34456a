namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>An overlay folder with rule packs for 广东 that a test writes into; deleted with the test.</summary>
public sealed class OverlayFiles : IDisposable
{
    /// <summary>Id and version of the pack that <see cref="AddPack"/> writes.</summary>
    public const string Pack = "guangdong-local";

    public const string Version = "2026-12";

    public OverlayFiles() => Directory.CreateDirectory(Path.Combine(Folder, "rules"));

    public string Folder { get; } = Directory.CreateTempSubdirectory("beian-overlay-").FullName;

    /// <summary>The settings that lay it over, looked at every second.</summary>
    public (string Key, string Value)[] Settings => [("ReferenceData:OverlayFolder", Folder), ("ReferenceData:ReloadSeconds", "1")];

    /// <summary>The demand that a site's remark names the made-up register.</summary>
    public static string Remark(string id = "remark", string? replaces = null) => $$$"""
        { "key": "demand", "id": "{{{id}}}", {{{(replaces is null ? string.Empty : $"\"replaces\": \"{replaces}\", ")}}}"source": ["s"], "checkedOn": "2026-11-26",
          "value": { "when": { "subject": "organization" }, "field": { "pointer": "/sites/*/remark", "required": true, "containsAny": ["示例登记"] },
            "text": { "zh": { "detail": "备注须写明示例登记", "remedy": "请在备注中写明" }, "en": { "detail": "The remark must name the made-up register", "remedy": "Name it" } } } }
        """;

    /// <returns>Its path.</returns>
    public string AddPack(DateOnly from, params string[] rules) => Write("rules/" + Pack + ".json", $$"""
        { "pack": "{{Pack}}", "name": "示例", "version": "{{Version}}", "effectiveFrom": "{{from:yyyy-MM-dd}}", "provinces": ["440000"], "checkedOn": "2026-11-26",
          "sources": { "s": "made up" }, "rules": [{{string.Join(',', rules)}}] }
        """);

    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        // Whole or not at all, as an operator is told to.
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    public void Remove(string name) => File.Delete(Path.Combine(Folder, name));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
