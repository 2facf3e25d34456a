using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Authority;

/// <summary>One sealed JSON file per filing and round, <c>hand-over/</c> of the shared files: everything the authority's form asks for. Staff download it.</summary>
/// <param name="files">Where they lie.</param>
/// <param name="sealer">Seals the files.</param>
public sealed class HandOverFiles(ISharedFiles files, Sealer sealer) : IAuthority, IResealable
{
    private const string Kind = "hand-over";

    private static readonly JsonSerializerOptions Readable = new(StoredJson.Options) { WriteIndented = true, IgnoreReadOnlyProperties = false };

    public async Task SubmitAsync(Filing filing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var content = new
        {
            FilingNumber = s.Number,
            s.Kind,
            HandedOverAt = now.UtcDateTime,
            Round = s.Rounds.Count,
            s.SubjectNumber,
            Identity = new { s.Verification.Region, s.Verification.SubjectNature, s.Verification.CertificateType, s.Verification.CertificateNumber },
            s.Subject,
            Sites = s.Sites.Select(site => new
            {
                site.Id,
                site.Name,
                Domain = site.Checks.Domain,
                HomeUrl = site.HomeUrl ?? site.Checks.DisplayDomain,
                PublicIps = site.Checks.Binding?.PublicIps ?? [],
                site.ServiceContents,
                site.Languages,
                site.PreApprovals,
                site.Remark,
                Principal = filing.PrincipalOf(site),
            }),
            Materials = s.Materials.Select(m => new { m.Id, m.Kind, m.Part, m.SiteId, m.ContentType, m.Size, m.Sha256, Copy = m.Copies?.State, AuthorityCopy = m.Copies?.Authority }),
        };
        var name = NameOf(filing);
        await files.PutAsync(Kind, name, sealer.Seal(Kind, name, JsonSerializer.SerializeToUtf8Bytes(content, Readable)), cancellationToken);
    }

    public async Task<Stream?> OpenHandOverAsync(Filing filing, CancellationToken cancellationToken)
    {
        var name = NameOf(filing);
        return await files.FindAsync(Kind, name, cancellationToken) is { } stored ? new MemoryStream(sealer.Open(Kind, name, stored), writable: false) : null;
    }

    public async Task ResealAsync(TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        var told = new ResealProgress("hand-over files", 0, 0, 0);
        await foreach (var name in files.NamesAsync(Kind, cancellationToken))
        {
            var (resealed, unreadable) = await TryResealAsync(name, cancellationToken);
            told = told with { Seen = told.Seen + 1, Resealed = told.Resealed + resealed, Unreadable = told.Unreadable + unreadable };
            progress.Report(told);
        }
    }

    public Task ForgetHandOverAsync(string filingNumber, int round, CancellationToken cancellationToken) => files.DeleteAsync(Kind, NameOf(filingNumber, round), cancellationToken);

    /// <summary>A file that was written or forgotten meanwhile is left: what is written is sealed by the active key.</summary>
    private async Task<(int Resealed, int Unreadable)> TryResealAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            if (await files.FindAsync(Kind, name, cancellationToken) is not { } stored || stored.AsSpan().StartsWith(sealer.CurrentMark()))
            {
                return (0, 0);
            }

            var fresh = sealer.Seal(Kind, name, sealer.Open(Kind, name, stored));
            if (await files.FindAsync(Kind, name, cancellationToken) is { } still && still.AsSpan().SequenceEqual(stored))
            {
                await files.PutAsync(Kind, name, fresh, cancellationToken);
            }

            return (1, 0);
        }
        catch (CryptographicException)
        {
            return (0, 1);
        }
    }

    private static string NameOf(Filing filing) => NameOf(filing.Snapshot.Number, filing.Snapshot.Rounds.Count);

    private static string NameOf(string filingNumber, int round) => string.Create(CultureInfo.InvariantCulture, $"{filingNumber}-{round}.json");
}

/// <summary>Registers the authority's door.</summary>
public static class AuthoritySetup
{
    public static WebApplicationBuilder AddAuthority(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new HandOverFiles(services.GetRequiredService<ISharedFiles>(), services.GetRequiredService<Sealer>()));
        builder.Services.AddSingleton<IAuthority>(services => services.GetRequiredService<HandOverFiles>());
        builder.Services.AddSingleton<IResealable>(services => services.GetRequiredService<HandOverFiles>());
        return builder;
    }
}
