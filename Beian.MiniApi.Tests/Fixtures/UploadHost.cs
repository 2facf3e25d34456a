using System.Net.Http.Headers;
using System.Text;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Audit;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>The platform and the stores on a real port with two plain upload routes, to test reading without a filing around it.</summary>
public sealed class UploadHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _keepsFolder;

    private UploadHost(WebApplication app, string folder, bool keepsFolder)
    {
        (_app, Folder, _keepsFolder) = (app, folder, keepsFolder);
        Address = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public string Folder { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Every file below the materials folder, staged or kept.</summary>
    public IReadOnlyList<string> FilesLeft => Directory.GetFiles(Path.Combine(Folder, "materials"), "*", SearchOption.AllDirectories);

    public static async Task<UploadHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var given = settings.FirstOrDefault(s => s.Key == "Storage:Folder").Value;
        folder = given ?? folder;
        builder.Configuration["Storage:Folder"] = folder;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddCoordination();
        builder.AddPlatform();
        builder.AddReferenceData();
        builder.AddAudit();
        builder.AddStorage();
        var app = builder.Build();
        app.UsePlatform();
        app.MapPost("/upload", UploadAsync).WithBodyLimit(BodyLimits.MaterialRequestBytes);
        app.MapPost("/picture", PictureAsync).WithBodyLimit(BodyLimits.PictureRequestBytes);
        app.MapGet("/content/{id}", async Task<IResult> (string id, string type, IMaterialStore materials, CancellationToken ct) =>
            await materials.OpenAsync(id, ct) is { } content ? MaterialContent.Of(content, type) : RequestErrors.RouteNotFound().ToAnswer());
        app.MapPost("/small", async (Body<Dictionary<string, string>> body) => Answer.Ok(new { body.Bytes.Length })).AddEndpointFilter<RefusalFilter>();
        app.MapPost("/raw", async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            return Results.Ok();
        });
        await app.StartAsync();
        return new UploadHost(app, folder, given is not null);
    }

    public static MaterialFormat? FormatOf(string kind) => kind switch
    {
        "otherSupplement" => new MaterialFormat(kind, "image", [], null, 4 * 1024 * 1024, null, null),
        "idCard" => new MaterialFormat(kind, "personCertificate", ["front", "back"], 102_400, 4 * 1024 * 1024, 1280, 720),
        "promiseVideoJiangsu" => new MaterialFormat(kind, "video", [], null, null, null, null),
        "livenessPhoto" => new MaterialFormat(kind, "liveness", [], null, null, null, null),
        _ => null,
    };

    /// <summary>A form as phones send it: fields first, then the file.</summary>
    public static MultipartFormDataContent Form(byte[] file, string fileName = "a.jpg", string? kind = "otherSupplement", string? part = null, string? siteId = null)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[] { ("kind", kind), ("part", part), ("siteId", siteId) })
        {
            if (value is not null)
            {
                form.Add(new StringContent(value), name);
            }
        }

        form.Add(new ByteArrayContent(file) { Headers = { ContentType = MediaTypeHeaderValue.Parse("image/jpeg") } }, "file", fileName);
        return form;
    }

    /// <summary>A form written by hand, to get wrong what HttpClient would get right.</summary>
    public static ByteArrayContent Raw(string boundary, params byte[][] pieces)
    {
        var content = new ByteArrayContent([.. pieces.SelectMany(p => p)]);
        content.Headers.TryAddWithoutValidation("Content-Type", boundary.Length == 0 ? "multipart/form-data" : $"multipart/form-data; boundary={boundary}");
        return content;
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (!_keepsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static async Task<IResult> UploadAsync(HttpContext http, UploadReader uploads, IMaterialStore materials, CancellationToken cancellationToken)
    {
        var read = await uploads.ReadMaterialAsync(http, FormatOf, cancellationToken);
        if (!read.TryGet(out var upload, out var refusal))
        {
            return refusal.ToAnswer();
        }

        await using (upload)
        {
            var material = upload.ToMaterial(IMaterialStore.NewId(), DateTimeOffset.UnixEpoch);
            if (http.Request.Query.ContainsKey("keep"))
            {
                await materials.CommitAsync(upload.File.Staged, material.Id, cancellationToken);
            }

            return Answer.Created("/content/" + material.Id, new { Material = material, upload.RequestHash, upload.Hints });
        }
    }

    private static async Task<IResult> PictureAsync(HttpContext http, UploadReader uploads, CancellationToken cancellationToken)
    {
        var read = await uploads.ReadPictureAsync(http, cancellationToken);
        if (!read.TryGet(out var file, out var refusal))
        {
            return refusal.ToAnswer();
        }

        await using (file)
        {
            return Answer.Ok(file.Facts);
        }
    }
}
