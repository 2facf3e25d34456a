using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Authority;

/// <summary>One sealed JSON file per filing and round under <c>hand-over/</c> of the data folder: everything the authority's form asks for. Staff download it.</summary>
public sealed class HandOverFiles : IAuthority, IResealable
{
    private const string Kind = "hand-over";

    private static readonly JsonSerializerOptions Readable = new(StoredJson.Options) { WriteIndented = true, IgnoreReadOnlyProperties = false };

    private readonly string _folder;
    private readonly Sealer _sealer;

    /// <param name="dataFolder">Full path of the data folder.</param>
    /// <param name="sealer">Seals the files.</param>
    public HandOverFiles(string dataFolder, Sealer sealer) => (_folder, _sealer) = (Path.Combine(dataFolder, Kind), sealer);

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
        CreateFolder();
        var path = PathOf(filing);
        await WriteAsync(path, _sealer.Seal(Kind, Path.GetFileName(path), JsonSerializer.SerializeToUtf8Bytes(content, Readable)), cancellationToken);
    }

    public async Task<Stream?> OpenHandOverAsync(Filing filing, CancellationToken cancellationToken)
    {
        var path = PathOf(filing);
        return File.Exists(path) ? new MemoryStream(Open(path, await File.ReadAllBytesAsync(path, cancellationToken)), writable: false) : null;
    }

    public async Task ResealAsync(TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        var told = new ResealProgress("hand-over files", 0, 0, 0);
        foreach (var path in Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*.json") : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (resealed, unreadable) = await TryResealAsync(path, cancellationToken);
            told = told with { Seen = told.Seen + 1, Resealed = told.Resealed + resealed, Unreadable = told.Unreadable + unreadable };
            progress.Report(told);
        }
    }

    public Task ForgetHandOverAsync(string filingNumber, int round, CancellationToken cancellationToken)
    {
        var path = PathOf(filingNumber, round);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    private byte[] Open(string path, byte[] stored) => _sealer.Open(Kind, Path.GetFileName(path), stored);

    /// <summary>A file that was written or forgotten meanwhile is left: what is written is sealed by the active key.</summary>
    private async Task<(int Resealed, int Unreadable)> TryResealAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await File.ReadAllBytesAsync(path, cancellationToken);
            if (stored.AsSpan().StartsWith(_sealer.CurrentMark()))
            {
                return (0, 0);
            }

            var fresh = _sealer.Seal(Kind, Path.GetFileName(path), Open(path, stored));
            if (File.Exists(path) && (await File.ReadAllBytesAsync(path, cancellationToken)).AsSpan().SequenceEqual(stored))
            {
                await WriteAsync(path, fresh, cancellationToken);
            }

            return (1, 0);
        }
        catch (CryptographicException)
        {
            return (0, 1);
        }
        catch (FileNotFoundException)
        {
            return (0, 0);
        }
    }

    private static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(temporary, NewFile()))
            {
                await file.WriteAsync(bytes, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>For this user alone, where the system knows such a thing.</summary>
    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string PathOf(Filing filing) => PathOf(filing.Snapshot.Number, filing.Snapshot.Rounds.Count);

    private string PathOf(string filingNumber, int round) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{filingNumber}-{round}.json"));
}

/// <summary>Registers the authority's door.</summary>
public static class AuthoritySetup
{
    public static WebApplicationBuilder AddAuthority(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new HandOverFiles(StorageSetup.FolderOf(services), services.GetRequiredService<Sealer>()));
        builder.Services.AddSingleton<IAuthority>(services => services.GetRequiredService<HandOverFiles>());
        builder.Services.AddSingleton<IResealable>(services => services.GetRequiredService<HandOverFiles>());
        return builder;
    }
}
