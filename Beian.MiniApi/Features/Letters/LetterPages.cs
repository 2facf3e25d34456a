using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Letters;

/// <summary>Makes the pages. Everything that is not our own wording is escaped and kept apart from the writing direction around it.</summary>
public sealed class LetterPages(TextCatalogue texts)
{
    /// <summary>Width of a line to write on, in characters; the style says the same.</summary>
    internal const double BlankWidth = 8;

    /// <summary>Not a box of its own but a space that nothing breaks from: the mark of punctuation after it stays on its line.</summary>
    private const string Blank = "<span class=\"blank\">&nbsp;</span>";

    /// <summary>A letter to print. The letter itself is Chinese; the hints, which are not printed, are in the reader's language.</summary>
    internal LetterPage Of(FilledLetter letter, bool english)
    {
        var main = new StringBuilder();
        main.Append("<h1>").Append(Inline(letter.Title, english)).Append("</h1>\n");
        if (letter.Addressee.Count > 0)
        {
            main.Append("<p class=\"to\">").Append(Inline(letter.Addressee, english)).Append("</p>\n");
        }

        foreach (var paragraph in letter.Paragraphs)
        {
            main.Append("<p>").Append(Inline(paragraph, english)).Append("</p>\n");
        }

        foreach (var clause in letter.Signature.Where(s => s.Word == LetterSigning.Clause))
        {
            main.Append("<div class=\"clause\"><p>").Append(WordsOf(clause)).Append('“').Append(Inline(clause.Beside, english)).Append("”</p><div class=\"rule\"></div><div class=\"rule\"></div></div>\n");
        }

        main.Append(Signature(letter.Signature, english));
        var title = string.Concat(letter.Title.Where(p => p.Kind != LetterPieceKind.Missing).Select(p => p.Text));
        var size = LetterSize.ClassOf(letter, WordsOf);
        return new LetterPage(StatusCodes.Status200OK, Frame(title, $"{Guide(letter, english)}<main class=\"{size}\">\n{main}</main>"));
    }

    /// <summary>A refusal for whoever opened an address in a browser.</summary>
    internal LetterPage OfRefusal(DomainError error, bool english)
    {
        var text = texts.Find(error.Code, english, error.Args);
        var body = $"<aside class=\"guide\" lang=\"{Language(english)}\"><h1>{Escape(text.Title)}</h1><p>{Escape(text.Detail)}</p><p>{Escape(text.Remedy ?? string.Empty)}</p></aside>";
        return new LetterPage(Problems.StatusOf(error.Kind), Frame(text.Title, body));
    }

    private static string Frame(string title, string body) =>
        $"<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        + $"<title>{Escape(title)}</title>\n<style>{LetterStyle.Css.ReplaceLineEndings("\n")}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n";

    private static string Language(bool english) => english ? "en" : "zh-CN";

    private string Guide(FilledLetter letter, bool english)
    {
        var how = texts.Find("letter.print", english, Texts.NoArgs);
        var guide = new StringBuilder($"<aside class=\"guide\" lang=\"{Language(english)}\"><h2>{Escape(how.Title)}</h2><p>{Escape(how.Detail)}</p>");
        if (letter.Missing.Count > 0)
        {
            guide.Append("<ul>");
            foreach (var field in letter.Missing)
            {
                guide.Append("<li>").Append(Escape(BlankText(field, english).Detail)).Append("</li>");
            }

            guide.Append("</ul><p>").Append(Escape(BlankText(letter.Missing[0], english).Remedy ?? string.Empty)).Append("</p>");
        }

        return guide.Append("</aside>\n").ToString();
    }

    private TextEntry BlankText(string field, bool english) => texts.Find("letter.blank", english, Texts.Args(("field", field)));

    private string Inline(IEnumerable<LetterPiece> pieces, bool english)
    {
        var html = new StringBuilder();
        foreach (var piece in pieces)
        {
            html.Append(piece.Kind switch
            {
                LetterPieceKind.Wording => Escape(piece.Text),
                LetterPieceKind.Value => $"<bdi>{Escape(piece.Text)}</bdi>",
                LetterPieceKind.Missing => $"{Blank}<span class=\"hint\" lang=\"{Language(english)}\">{Escape(BlankText(piece.Text, english).Title)}</span>",
                _ => Blank,
            });
        }

        return html.ToString();
    }

    private string Signature(IReadOnlyList<SignatureBlock> blocks, bool english)
    {
        var boxes = new StringBuilder();
        var lines = new StringBuilder();
        foreach (var block in blocks)
        {
            boxes.Append(block.Word switch
            {
                LetterSigning.Seal => "<div class=\"box\">（盖公章处）</div>",
                LetterSigning.Fingerprint => "<div class=\"box finger\">（按手印处）</div>",
                _ => string.Empty,
            });
            lines.Append(block.Word switch
            {
                LetterSigning.Clause or LetterSigning.Fingerprint => string.Empty,
                LetterSigning.Seal or LetterSigning.Domain => $"<div class=\"line\"><b>{WordsOf(block)}</b><span>{Inline(block.Beside, english)}</span></div>\n",
                LetterSigning.Date => $"<div class=\"line\"><b>{WordsOf(block)}</b><i class=\"short\"></i><b>年</b><i class=\"short\"></i><b>月</b><i class=\"short\"></i><b>日</b></div>\n",
                _ => $"<div class=\"line\"><b>{WordsOf(block)}</b><i></i></div>\n",
            });
        }

        return $"<div class=\"sign\"><div class=\"boxes\">{boxes}</div>\n<div class=\"lines\">\n{lines}</div></div>\n";
    }

    /// <summary>The printed words beside something to do by hand.</summary>
    private static string WordsOf(SignatureBlock block) => block.Word switch
    {
        LetterSigning.LegalRepresentative => "法定代表人（签字）：",
        LetterSigning.Principal => "负责人（签字）：",
        LetterSigning.SitePrincipal => "网站负责人（签字）：",
        LetterSigning.Guardian => "监护人（签字）：",
        LetterSigning.Seal => "单位（盖公章）：",
        LetterSigning.IdNumber => "证件号码：",
        LetterSigning.Position => "职务：",
        LetterSigning.Clause => "请亲笔抄写：",
        LetterSigning.Domain => "域名：",
        LetterSigning.Date => "日期：",
        _ => string.Empty,
    };

    /// <summary>For text and attribute values; control characters, which HTML cannot hold, become spaces.</summary>
    internal static string Escape(string text)
    {
        var html = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                _ => html.Append(char.IsControl(character) ? ' ' : character),
            };
        }

        return html.ToString();
    }
}
