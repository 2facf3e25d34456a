using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.OpenApi;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Beian.MiniApi.Tests.House;

/// <summary>The published description is whole, and says what the program does.</summary>
public sealed class OpenApiTests(OpenApiTests.Published published) : IClassFixture<OpenApiTests.Published>
{
    /// <summary>Answers that are files or nothing, so that there is nothing to show.</summary>
    private static readonly string[] NoJson = ["GetMaterialContent", "GetReviewMaterial", "deleteAuthCode", "deleteWebhook", "logOut", "logOutStaff"];

    [Fact]
    public void Operations_AllOfThem_AreWhole()
    {
        var missing = published.Operations.SelectMany(o => Missing(o.Value).Select(m => $"{o.Key}: {m}")).ToArray();

        Assert.True(published.Operations.Count > 40, $"Only {published.Operations.Count} operations.");
        Assert.Equal([], missing);
    }

    [Fact]
    public void Routes_UnderTheApi_AreAllInTheDocument()
    {
        var routes = published.Endpoints.SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => $"{m.ToLowerInvariant()} {Path(e)}")).Order(StringComparer.Ordinal);

        Assert.Equal(routes, published.Operations.Keys.Where(k => k.Contains(" /api/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(published.Operations.Keys, k => k.Contains("/sandbox", StringComparison.Ordinal));
    }

    [Fact]
    public void Security_StandsOnProtectedOperationsAlone()
    {
        foreach (var endpoint in published.Endpoints)
        {
            var isProtected = endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
            {
                var operation = published.Operations[$"{method.ToLowerInvariant()} {Path(endpoint)}"];
                Assert.True(isProtected == operation["security"] is JsonArray { Count: > 0 }, $"{method} {Path(endpoint)}");
            }
        }
    }

    [Fact]
    public void Ids_OfOperations_AreUniqueAndCamelCase()
    {
        var ids = published.Operations.Values.Select(o => o["operationId"]!.GetValue<string>()).ToArray();

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ids, id => Assert.Matches("^[a-z][A-Za-z]+$", id));
        Assert.Equal([], ExampleBook.Load().OperationIds.Except(ids));
    }

    /// <summary>An example that the reader would refuse is a lie; so is one of a view with a member that is gone.</summary>
    [Fact]
    public void Examples_ReadAsTheTypesTheyAreOf_AreTaken()
    {
        var book = ExampleBook.Load();
        var read = 0;
        foreach (var endpoint in published.Endpoints)
        {
            var name = endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName;
            var example = book.Find(char.ToLowerInvariant(name[0]) + name[1..]);
            read += Read(name, example?.Request, endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType);
            foreach (var produced in endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Where(p => p.StatusCode < 300 && p.Type is not null))
            {
                read += Read(name, example?.Answer, produced.Type);
            }
        }

        Assert.True(read > 60, $"Only {read} examples were read.");
    }

    [Fact]
    public void Problems_InTheExamples_HaveTextsWithoutHoles()
    {
        var problems = published.Operations.Values.SelectMany(o => o["responses"]!.AsObject()).SelectMany(r => r.Value!["content"]?["application/problem+json"]?["examples"]?.AsObject() ?? []).ToArray();

        Assert.NotEmpty(problems);
        foreach (var (code, example) in problems)
        {
            var body = example!["value"]!;
            Assert.True(body["title"]!.GetValue<string>() != code, $"{code} has no text.");
            Assert.DoesNotContain('{', body["detail"]!.GetValue<string>());
        }
    }

    [Fact]
    public void Schemas_DescribeWhatIsWritten()
    {
        var schemas = published.Document["components"]!["schemas"]!;
        var filing = schemas["FilingView"]!;

        Assert.Equal("draft", schemas["FilingState"]!["enum"]![0]!.GetValue<string>());
        Assert.True(filing["properties"]!["subjectNumber"]!["nullable"]!.GetValue<bool>());
        Assert.Null(filing["properties"]!["id"]!["nullable"]);
        Assert.Contains("version", filing["required"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Equal("multipart/form-data", published.Operations["post /api/v1/filings/{filingId}/materials"]["requestBody"]!["content"]!.AsObject().Single().Key);
        Assert.Contains("If-Match", Parameters("put /api/v1/filings/{filingId}/subject"));
        Assert.Contains("Idempotency-Key", Parameters("post /api/v1/filings"));
        Assert.Contains("cursor", Parameters("get /api/v1/filings"));
    }

    [Fact]
    public async Task Document_InProduction_IsServedUnlessSwitchedOff()
    {
        await using var open = TestApp.Start("Production", null, Logins.ProductionSettings);
        await using var closed = TestApp.Start("Production", null, [.. Logins.ProductionSettings, ("OpenApi:Enabled", "false")]);

        Assert.Equal(System.Net.HttpStatusCode.OK, (await open.Client.GetAsync(OpenApiSetup.DocumentPath)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await open.Client.GetAsync("/swagger/index.html")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await closed.Client.GetAsync(OpenApiSetup.DocumentPath)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await closed.Client.GetAsync("/swagger/index.html")).StatusCode);
    }

    private static IEnumerable<string> Missing(JsonNode operation)
    {
        foreach (var member in new[] { "operationId", "summary" }.Where(m => string.IsNullOrWhiteSpace(operation[m]?.GetValue<string>())))
        {
            yield return member;
        }

        if (operation["tags"] is not JsonArray { Count: 1 })
        {
            yield return "tag";
        }

        foreach (var (type, media) in operation["requestBody"]?["content"]?.AsObject() ?? [])
        {
            if (media!["example"] is null)
            {
                yield return "example of its body as " + type;
            }
        }

        var responses = operation["responses"]!.AsObject();
        if (!responses.Any(r => r.Key[0] == '2'))
        {
            yield return "success";
        }

        if (!responses.Any(r => r.Value!["content"]?["application/problem+json"] is not null) && operation["tags"]![0]!.GetValue<string>() != "Operations")
        {
            yield return "problem";
        }

        foreach (var (status, response) in responses)
        {
            var content = response!["content"]?.AsObject();
            if (status[0] == '2' && content?["application/json"] is { } json && json["example"] is null && !NoJson.Contains(operation["operationId"]!.GetValue<string>(), StringComparer.OrdinalIgnoreCase))
            {
                yield return "example of its answer " + status;
            }

            if (content?["application/problem+json"] is { } problem && problem["examples"] is not JsonObject { Count: > 0 })
            {
                yield return "example of its problem " + status;
            }
        }
    }

    private static int Read(string name, JsonNode? example, Type? type)
    {
        if (example is null || type is null || type == typeof(object) || type == typeof(void))
        {
            return 0;
        }

        try
        {
            Assert.NotNull(example.Deserialize(type, ApiJson.Api));
            return 1;
        }
        catch (Exception e) when (e is JsonException or TargetInvocationException)
        {
            throw new InvalidOperationException($"The example of {name} is no {type.Name}: {e.Message}", e);
        }
    }

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    private IEnumerable<string> Parameters(string operation) => published.Operations[operation]["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>());

    /// <summary>The document of one running program, and its routes.</summary>
    public sealed class Published : IAsyncLifetime
    {
        private TestApp? _app;

        internal JsonNode Document { get; private set; } = null!;

        /// <summary>By method and path.</summary>
        internal IReadOnlyDictionary<string, JsonNode> Operations { get; private set; } = null!;

        /// <summary>Routes under <c>/api</c>, but for a HEAD that only goes with its GET.</summary>
        internal IReadOnlyList<RouteEndpoint> Endpoints { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            _app = TestApp.Start();
            Document = JsonNode.Parse(await _app.Client.GetStringAsync(OpenApiSetup.DocumentPath))!;
            Operations = Document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => ($"{o.Key} {p.Key}", o.Value!))).ToDictionary(StringComparer.Ordinal);
            Endpoints = [.. _app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => Path(e).StartsWith("/api/", StringComparison.Ordinal) && (e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods is not ["HEAD"] || e.Metadata.GetMetadata<IEndpointSummaryMetadata>() is not null))];
        }

        public async Task DisposeAsync()
        {
            if (_app is not null)
            {
                await _app.DisposeAsync();
            }
        }
    }
}
