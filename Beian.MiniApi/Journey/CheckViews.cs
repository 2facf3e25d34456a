using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Journey;

/// <summary>Turns a filing, its requirements and a run of checks into the pre-submission list.</summary>
public sealed class CheckViews(FilingViews views, TextCatalogue texts, ReferenceBook book, IHttpContextAccessor http)
{
    /// <summary>The groups in their order.</summary>
    private static readonly string[] Groups = ["form", "materials", "content", "resource", "domain", "reachability", "images", "register", "filedSites", "conflicts"];

    /// <param name="seen">The filing as stored, judged.</param>
    /// <param name="running">The run that is under way, or null.</param>
    public CheckFilingView Of(DeskView seen, CheckProgress? running)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var s = seen.Filing.Snapshot;
        var (results, awaited) = Known(seen.Filing, running);
        var items = FormItems(seen).Concat(Pictures(s)).Append(Register())
            .Concat(results.Select(r => Item(s, r.SiteId, r.Result)))
            .Concat(awaited.Select(a => Pending(s, a)))
            .Concat(running is null ? NotAsked(seen.Filing, results) : []);
        var stored = Stored(seen.Filing).ToArray();
        return new CheckFilingView
        {
            Status = running is null ? "done" : "running",
            CheckedAt = stored.Length == 0 ? null : stored.Max(r => r.Result.CheckedAt),
            Items = [.. items.OrderBy(i => Array.IndexOf(Groups, i.Group))],
            Requirements = views.Of(seen.Requirements),
            Checks = [new SiteCheckView(null, [.. seen.Filing.ResultsOfSubject().Select(views.Of)]), .. s.Sites.Select(x => new SiteCheckView(x.Id, [.. seen.Filing.ResultsOf(x).Select(views.Of)]))],
        };
    }

    /// <summary>What the run has found, and what is stored about everything that it does not ask.</summary>
    private static (IReadOnlyList<(string? SiteId, CheckResult Result)> Results, IReadOnlyList<CheckKey> Awaited) Known(Filing filing, CheckProgress? running)
    {
        if (running is null)
        {
            return ([.. Stored(filing)], []);
        }

        // Texts are asked about apart from everything else of their site.
        static (string? SiteId, bool IsText) Scope(string? siteId, string check) => (siteId, check == CheckNames.ContentSafety);
        var (found, awaited) = running.Now;
        var asked = found.Select(f => Scope(f.SiteId, f.Result.Check)).Concat(awaited.Select(a => Scope(a.SiteId, a.Check))).ToHashSet();
        return ([.. Stored(filing).Where(r => !asked.Contains(Scope(r.SiteId, r.Result.Check))), .. found], awaited);
    }

    /// <summary>Results of the subject, and of the verified domain before it has a site, then of each site, then of the texts.</summary>
    private static IEnumerable<(string? SiteId, CheckResult Result)> Stored(Filing filing) => Stored(filing.Snapshot).Concat(filing.TextResults());

    private static IEnumerable<(string? SiteId, CheckResult Result)> Stored(FilingSnapshot s) =>
        s.Verification.SubjectResults.Concat(s.ContactResults).Concat(s.Verification.Status == VerificationStatus.Verified ? [] : s.Verification.DomainChecks.Results).Select(r => ((string?)null, r))
            .Concat(s.Sites.SelectMany(x => x.Checks.Results.Select(r => ((string?)x.Id, r))));

    private IEnumerable<CheckItemView> FormItems(DeskView seen)
    {
        static string RuleOf(Finding finding) => finding.RuleId ?? "form";
        IEnumerable<CheckItemView> Of(IEnumerable<Finding> findings, string status) =>
            findings.Where(f => f.Check is null).Select(f => Worded(f.MaterialKind is null ? "form" : "materials", RuleOf(f), status, f.SiteId, f.Pointer, f.Code, f.Args) with
            {
                RuleId = f.RuleId,
                PackVersion = f.PackVersion,
                Severity = FilingViews.Name(f.Severity),
            });
        CheckItemView[] open = [.. Of(seen.Requirements.Due, "failed"), .. Of(seen.Requirements.Warnings, "warning"), .. Of(seen.Requirements.Pending, "pending")];
        return open.Any(i => i.Status == "failed") ? open : open.Prepend(Worded("form", "form", "passed", null, string.Empty, null, Texts.NoArgs));
    }

    /// <summary>What the measures of the pictures say about their legibility; one line for all that say nothing.</summary>
    private IEnumerable<CheckItemView> Pictures(FilingSnapshot s)
    {
        var quiet = 0;
        for (var i = 0; i < s.Materials.Count; i++)
        {
            var paper = s.Materials[i];
            var hints = paper.Width is not null && MaterialFormat.Of(book, paper.Kind) is { } format ? MaterialHints.Of(format, paper) : [];
            quiet += paper.Width is not null && hints.Count == 0 ? 1 : 0;
            foreach (var hint in hints)
            {
                yield return Worded("images", "material.measures", "warning", paper.SiteId, $"/materials/{i}", hint.Code, hint.Args);
            }
        }

        if (quiet > 0)
        {
            yield return Worded("images", "material.measures", "passed", null, "/materials", null, Texts.NoArgs) with { Evidence = $"size and sides of {quiet} pictures" };
        }
    }

    /// <summary>The business register: no adapter speaks to one yet.</summary>
    private CheckItemView Register() => Worded("register", "register", "unknown", null, "/subject", "check.noAdapter", Texts.NoArgs);

    /// <summary>Sites that nobody has looked at, and texts that nobody has judged, since they were typed: saving asks nobody, a run or a submission does.</summary>
    private IEnumerable<CheckItemView> NotAsked(Filing filing, IReadOnlyList<(string? SiteId, CheckResult Result)> results)
    {
        var s = filing.Snapshot;
        var texts = filing.PublishedTexts().Where(t => filing.JudgementOf(t) is null)
            .Select(t => Worded("content", CheckNames.ContentSafety, "unknown", t.SiteId, FormFields.Pointer(t.Field, s.Sites), "check.notRun", Texts.NoArgs));
        var keys = s.Sites.Where(x => x.Checks.Domain is not null).Select(x => new CheckKey(x.Id, ProbeChecks.Closed)).ToList();
        if (s.SubjectId is not null)
        {
            keys.Add(new CheckKey(null, ProbeChecks.Reachable));
        }

        return texts.Concat(keys.Where(k => !results.Any(r => r.SiteId == k.SiteId && r.Result.Check == k.Check))
            .Select(k => Worded(GroupOf(k.Check), k.Check, "unknown", k.SiteId, PointerOf(s, k), "check.notRun", Texts.NoArgs)));
    }

    private CheckItemView Item(FilingSnapshot s, string? siteId, CheckResult found)
    {
        var result = ContentSafety.AsShown(found);
        var shown = views.Of(result);
        var status = result.Outcome switch
        {
            CheckOutcome.Failed => "failed",
            CheckOutcome.Unknown => "unknown",
            _ => result.Code is null ? "passed" : "warning",
        };
        return Worded(GroupOf(result.Check), result.Check, status, siteId, result.Field is { } field ? FormFields.Pointer(field, s.Sites) : PointerOf(s, new CheckKey(siteId, result.Check)), shown.Code, CheckNames.ArgsOf(result)) with
        {
            Evidence = shown.Evidence,
            CheckedAt = result.CheckedAt,
        };
    }

    private CheckItemView Pending(FilingSnapshot s, CheckKey key) => Worded(GroupOf(key.Check), key.Check, "pending", key.SiteId, PointerOf(s, key), null, Texts.NoArgs);

    private CheckItemView Worded(string group, string check, string status, string? siteId, string pointer, string? code, IReadOnlyDictionary<string, string> args)
    {
        var english = http.HttpContext is { } context && Problems.WantsEnglish(context);
        var text = code is null ? null : texts.Find(code, english, args);
        return new CheckItemView
        {
            Group = group,
            RuleId = null,
            PackVersion = null,
            Severity = null,
            Check = check,
            Status = status,
            SiteId = siteId,
            Pointer = pointer,
            Code = code,
            Message = text?.Detail,
            Remedy = text?.Remedy,
            Evidence = null,
            CheckedAt = null,
            Ignorable = status is "warning" or "unknown",
        };
    }

    private static string GroupOf(string check) => check switch
    {
        CheckNames.Region or CheckNames.Nature or CheckNames.CertificateType or CheckNames.CertificateNumber => "form",
        CheckNames.Resource => "resource",
        CheckNames.ContentSafety => "content",
        ProbeChecks.Closed => "reachability",
        ProbeChecks.Reachable or ProbeChecks.Footer => "filedSites",
        CheckNames.SubjectConflict or CheckNames.DomainConflict or CheckNames.ContactReuse => "conflicts",
        _ => "domain",
    };

    /// <summary>Texts are fields of their site or the subject. The verified site's domain and resource are fields of the verification, a further site's are its own.</summary>
    private static string PointerOf(FilingSnapshot s, CheckKey key)
    {
        if (key.Check == CheckNames.ContentSafety)
        {
            return key.SiteId is null ? "/subject/remark" : FormFields.Pointer("/sites/" + key.SiteId, s.Sites);
        }

        var index = s.Sites.Select((site, i) => site.Id == key.SiteId && !site.FromVerification ? i : -1).FirstOrDefault(i => i >= 0, -1);
        return index < 0 ? "/verification" + CheckNames.PointerOf(key.Check) : $"/sites/{index}{CheckNames.PointerOf(key.Check)}";
    }
}
