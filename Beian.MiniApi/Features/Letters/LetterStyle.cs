using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Features.Letters;

/// <summary>The one style of the pages, and its hash for the content security policy.</summary>
internal static class LetterStyle
{
    public const string Css = """

        @page { size: A4 portrait; margin: 22mm 26mm 20mm; }
        * { box-sizing: border-box; }
        body { margin: 0; color: #000; font-family: SimSun, "宋体", "Songti SC", STSong, "Noto Serif CJK SC", "Source Han Serif SC", serif; }
        main { line-height: 1.8; overflow-wrap: anywhere; }
        .f16 { font-size: 16pt; } .f14 { font-size: 14pt; } .f12 { font-size: 12pt; } .f12t { font-size: 12pt; line-height: 1.5; } .f10t { font-size: 10.5pt; line-height: 1.45; }
        h1 { font-size: 1.4em; line-height: 1.5; text-align: center; margin: 0 0 .8em; }
        p { margin: 0; text-indent: 2em; }
        p.to, .clause p { text-indent: 0; }
        .blank { padding: 0 3.8em; border-bottom: 1px solid #000; }
        .rule { height: 2.2em; border-bottom: 1px solid #000; }
        .clause { margin-top: .6em; break-inside: avoid; }
        .sign { display: flex; justify-content: space-between; gap: 8mm; margin-top: 8mm; break-inside: avoid; }
        .boxes { display: flex; gap: 5mm; flex: none; }
        .box { width: 42mm; height: 42mm; border: 1px dashed #999; color: #999; font-size: 9pt; text-align: center; }
        .finger { width: 26mm; height: 34mm; }
        .lines { width: 100mm; flex: 0 1 auto; margin-left: auto; }
        .line { display: flex; align-items: baseline; min-height: 2.1em; }
        .line > b { font-weight: normal; flex: none; }
        .line > i { flex: 1; border-bottom: 1px solid #000; margin-left: .2em; height: 1.6em; }
        .line > i.short { min-width: 2.5em; }
        .line > span { flex: 1; min-width: 0; }
        .hint { font: 12px/1.4 system-ui, sans-serif; color: #a00; background: #fff1ee; padding: 0 .3em; text-indent: 0; }
        .guide { font: 15px/1.6 system-ui, sans-serif; color: #222; max-width: 210mm; margin: 6mm auto; padding: 3mm 6mm; background: #fffbe6; border: 1px solid #e6d98c; }
        .guide p { text-indent: 0; } .guide h1, .guide h2 { font-size: 1.1em; text-align: left; margin: .4em 0; } .guide ul { margin: .3em 0; padding-left: 1.4em; }
        @media screen { body { background: #e8e8e8; } main { width: 210mm; max-width: 100%; min-height: 297mm; margin: 0 auto 8mm; padding: 22mm 26mm 20mm; background: #fff; } }
        @media screen and (max-width: 210mm) { main { padding: 5vw; min-height: 0; } .sign { flex-wrap: wrap; } }
        @media print { .guide, .hint { display: none; } }

        """;

    /// <summary>As a content security policy names it.</summary>
    public static readonly string Hash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css.ReplaceLineEndings("\n"))));
}
