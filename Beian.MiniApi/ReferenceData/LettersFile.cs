using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads <c>letters.json</c>: the wording of every letter, held against the materials it belongs to.</summary>
internal static class LettersFile
{
    private const string Name = "letters.json";

    /// <param name="folder">Where the built-in file lies.</param>
    /// <param name="overlay">Folder whose file of the same name replaces it; null for none.</param>
    /// <param name="book">The materials and provinces its rows may name.</param>
    /// <exception cref="InvalidDataException">The file or a row cannot be used; the message names both.</exception>
    public static LetterTemplates Load(string folder, string? overlay, ReferenceBook book)
    {
        var file = DataFile.Open(folder, overlay, Name) ?? throw new InvalidDataException($"{Path.Combine(folder, Name)} is missing.");
        foreach (var member in new[] { "source", "asOf", "checkedOn" })
        {
            if (string.IsNullOrWhiteSpace(file.Member(member).ToString()))
            {
                throw file.Bad(member, "is empty");
            }
        }

        var rows = file.Rows<LetterTemplate>("items", t => t.Kind);
        foreach (var row in rows)
        {
            Check(row, file, book, rows);
        }

        return new LetterTemplates(rows);
    }

    private static void Check(LetterTemplate row, DataFile file, ReferenceBook book, IReadOnlyList<LetterTemplate> rows)
    {
        var where = $"row '{row.Kind}'";
        var material = book.FindMaterial(row.Kind);
        file.MustExist(material is not null, where, "a material");
        file.MustExist(row.InsteadOf is null || (row.InsteadOf != row.Kind && rows.Any(r => r.Kind == row.InsteadOf)), where, "another letter");
        file.MustExist(row.Provinces?.All(p => book.FindProvince(p) is not null) ?? true, where, "a province");
        if (string.IsNullOrWhiteSpace(row.Source) || string.IsNullOrWhiteSpace(row.Title) || row.Paragraphs.Count == 0 || row.Paragraphs.Any(string.IsNullOrWhiteSpace))
        {
            throw file.Bad(where, "lacks a source, a title or words");
        }

        foreach (var placeholder in row.Texts.SelectMany(LetterText.PlaceholdersOf))
        {
            if (!LetterText.Knows(placeholder))
            {
                throw file.Bad(where, $"holds the unknown placeholder '{{{placeholder}}}'");
            }

            if (material!.AppliesTo != "website" && LetterFields.IsOfOneSite(placeholder))
            {
                throw file.Bad(where, $"is not about a site and holds '{{{placeholder}}}'");
            }
        }

        CheckSigning(row, row.Signing ?? material!.Signing, file, where);
    }

    private static void CheckSigning(LetterTemplate row, IReadOnlyList<string> signing, DataFile file, string where)
    {
        if (signing.Count == 0 || signing.FirstOrDefault(w => !LetterSigning.IsKnown(w)) is not null)
        {
            throw file.Bad(where, $"cannot be signed as '{string.Join(", ", signing)}'");
        }

        if (signing.Contains(LetterSigning.Clause) == string.IsNullOrWhiteSpace(row.Clause))
        {
            throw file.Bad(where, "has a clause to copy without saying so in its signing, or the other way round");
        }
    }
}
