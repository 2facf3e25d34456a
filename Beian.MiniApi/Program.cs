using Beian.MiniApi.Features.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Registry;
using Beian.MiniApi.Sandbox.Registry;
using Beian.MiniApi.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddStorage();
builder.AddReferenceData();
builder.AddRegistry();
if (builder.Environment.IsDevelopment())
{
    builder.AddSandboxRegistry();
}

var app = builder.Build();
app.UsePlatform();
var api = app.MapApi();
api.MapReference();
if (app.Environment.IsDevelopment())
{
    app.MapSandboxRegistry();
}

await app.RunAsync();
