using System.Net.Http.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>Numbers typed with a Chinese keyboard are kept as what they mean; what cannot be kept is named.</summary>
public sealed class TypedCharacterTests(RunningApp running) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task Put_FullWidthNumbers_AreKeptHalfWidth()
    {
        using var journey = await ApplicantJourney.OpenAsync(running.App.Address, Applicant.Organisation("fullwide", 640));
        await journey.StartAsync();

        await journey.PutAsync("/verification", new { certificateType = 1, certificateNumber = Wide(journey.Who.CertificateNumber) });
        await journey.PutAsync("/subject", new { name = "示例（Ａ）公司", legalRepresentative = new { certificateType = 2, certificateNumber = Wide("11010519900101000X") } });
        await journey.PutAsync("/subject/principal", new
        {
            name = "测试Ａ",
            certificateNumber = Wide("11010519900101000X"),
            mobile = Wide("13800000000"),
            phone2 = Wide("13900000000"),
            landline = Wide("010-22345678"),
            emergencyPhone = Wide("13700000000"),
        });

        var subject = journey.Filing.GetProperty("subject");
        Assert.Equal(journey.Who.CertificateNumber, journey.Filing.GetProperty("verification").GetProperty("certificateNumber").GetString());
        Assert.Equal("示例（Ａ）公司", subject.GetProperty("name").GetString());
        Assert.Equal("11010519900101000X", subject.GetProperty("legalRepresentative").GetProperty("certificateNumber").GetString());
        Assert.Equal(
            ["测试Ａ", "11010519900101000X", "13800000000", "13900000000", "010-22345678", "13700000000"],
            new[] { "name", "certificateNumber", "mobile", "phone2", "landline", "emergencyPhone" }.Select(f => subject.GetProperty("principal").GetProperty(f).GetString()));
    }

    [Fact]
    public async Task Verify_ANumberWithAHiddenCharacter_NamesFieldAndCharacterAndNotTheNumber()
    {
        var who = Applicant.Organisation("hiddenmark", 641);
        using var journey = await ApplicantJourney.OpenAsync(running.App.Address, who);
        await journey.StartAsync();

        var refused = await journey.Client.PutAsJsonAsync($"{journey.Path}/verification", new
        {
            region = new { province = who.Province, city = who.City, district = who.District },
            subjectNature = who.Nature,
            certificateType = who.CertificateType,
            certificateNumber = who.CertificateNumber + "\u200B",
            domain = who.Domain,
            resource = new { kind = "resource", resourceId = who.ResourceId },
        });

        var error = Assert.Single((await refused.JsonAsync(422)).GetProperty("errors").EnumerateArray(), e => e.GetProperty("pointer").GetString() == "/certificateNumber");
        Assert.Equal(("text.invisible", "“证件号码”中含有看不见或不能使用的字符：零宽空格（U+200B）。"), (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()));
        var due = (await journey.ReadAsync()).GetProperty("requirements").GetProperty("due").EnumerateArray();
        Assert.Equal("text.invisible", Assert.Single(due, d => d.GetProperty("pointer").GetString() == "/verification/certificateNumber").GetProperty("code").GetString());
    }

    private static string Wide(string text) => new([.. text.Select(c => (char)(c - '!' + '\uFF01'))]);
}
