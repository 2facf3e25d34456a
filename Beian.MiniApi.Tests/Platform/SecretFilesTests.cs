using Beian.MiniApi.Platform;
using Microsoft.AspNetCore.Builder;

namespace Beian.MiniApi.Tests.Platform;

public sealed class SecretFilesTests
{
    [Fact]
    public void Files_OfTheFolder_AreSettingsThatWin()
    {
        var folder = Directory.CreateTempSubdirectory("beian-secrets-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "Auth__SigningKeys__0__Key"), "of the file\n");
            File.WriteAllText(Path.Combine(folder, "WeChat__AppSecret"), "another");
            var builder = WebApplication.CreateBuilder(["--Secrets:Folder=" + folder, "--WeChat:AppSecret=of the line"]);

            builder.AddSecretFiles();

            Assert.Equal(("of the file", "another"), (builder.Configuration["Auth:SigningKeys:0:Key"], builder.Configuration["WeChat:AppSecret"]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
