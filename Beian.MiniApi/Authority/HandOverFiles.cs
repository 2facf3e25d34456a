using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Authority;

/// <summary>One JSON file per filing and round under <c>hand-over/</c> of the data folder: everything the authority's form asks for.</summary>
public sealed class HandOverFiles : IAuthority
{
    private static readonly JsonSerializerOptions Readable = new(StoredJson.Options) { WriteIndented = true, IgnoreReadOnlyProperties = false };

    private readonly string _folder;

    /// <param name="dataFolder">Full path of the data folder.</param>
    public HandOverFiles(string dataFolder) => _folder = Path.Combine(dataFolder, "hand-over");

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
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(temporary, NewFile()))
            {
                await JsonSerializer.SerializeAsync(file, content, Readable, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> OpenHandOverAsync(Filing filing, CancellationToken cancellationToken)
    {
        var path = PathOf(filing);
        return Task.FromResult<Stream?>(File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null);
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

    /// <summary>People's numbers and telephones stand in these files in the clear: they are for this user alone, where the system knows such a thing.</summary>
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
        builder.Services.AddSingleton<IAuthority>(services => new HandOverFiles(StorageSetup.FolderOf(services)));
        return builder;
    }
}
