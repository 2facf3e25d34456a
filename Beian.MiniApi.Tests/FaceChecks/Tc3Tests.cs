using System.Text;
using System.Text.Json;
using Beian.MiniApi.Platform.Tencent;
using Beian.MiniApi.Sandbox.Tencent;
using Beian.MiniApi.Tests.House;
using Microsoft.AspNetCore.Http;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>The signature of Tencent Cloud against every vector, with what lies on the way.</summary>
public sealed class Tc3Tests
{
    private static readonly JsonElement[] Vectors = [.. JsonDocument.Parse(Repository.Read("Beian.MiniApi.Tests/FaceChecks/vectors/tc3.json")).RootElement.GetProperty("vectors").EnumerateArray()];

    public static TheoryData<string> All => [.. Vectors.Select(v => Text(v, "id"))];

    [Theory]
    [MemberData(nameof(All))]
    public void Sign_Vector_IsItsSignatureAndEverythingOnTheWay(string id)
    {
        var v = Find(id);

        var signed = Sign(v, Encoding.UTF8.GetBytes(Text(v, "payload")));

        Assert.Equal(Text(v, "canonical_request"), signed.CanonicalRequest);
        Assert.EndsWith(Text(v, "hashed_payload"), signed.CanonicalRequest, StringComparison.Ordinal);
        Assert.Equal(Text(v, "string_to_sign"), signed.StringToSign);
        Assert.EndsWith(Text(v, "hashed_canonical_request"), signed.StringToSign, StringComparison.Ordinal);
        Assert.Contains(Text(v, "date_utc"), signed.StringToSign, StringComparison.Ordinal);
        Assert.Equal(Text(v, "secret_date"), Convert.ToHexStringLower(signed.SecretDate));
        Assert.Equal(Text(v, "secret_service"), Convert.ToHexStringLower(signed.SecretService));
        Assert.Equal(Text(v, "secret_signing"), Convert.ToHexStringLower(signed.SecretSigning));
        Assert.Equal(Text(v, "signature"), signed.Signature);
        Assert.Equal(Text(v, "authorization"), signed.Authorization);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sign_OneByteMore_IsAnotherSignature(string id) =>
        Assert.NotEqual(Text(Find(id), "signature"), Sign(Find(id), Encoding.UTF8.GetBytes(Text(Find(id), "payload") + " ")).Signature);

    /// <summary>The sandbox has code of its own; both are held against the vectors, or they could agree on a mistake.</summary>
    [Theory]
    [InlineData("tc3-computed-detectauth", null)]
    [InlineData("tc3-computed-getdetectinfoenhanced", null)]
    [InlineData("tc3-computed-geteidtoken", null)]
    [InlineData("tc3-computed-sendsms", "AuthFailure.SignatureFailure")]
    public void Refuse_Vector_IsTakenWhenItIsOfThatService(string id, string? refusal)
    {
        var v = Find(id);
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = Text(v, "authorization");
        http.Request.Headers.ContentType = Text(v, "content_type");
        http.Request.Headers.Host = Text(v, "host");
        http.Request.Headers["X-TC-Action"] = Text(v, "action");
        http.Request.Headers["X-TC-Timestamp"] = Timestamp(v).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes(Text(v, "payload"));
        string? Refuse(byte[] sent, string id, string key, long ahead) => SandboxTc3.Refuse(http.Request, sent, Text(v, "service"), id, key, DateTimeOffset.FromUnixTimeSeconds(Timestamp(v) + ahead));

        Assert.Equal(refusal, Refuse(body, Text(v, "secret_id"), Text(v, "secret_key"), 300));
        Assert.Equal("AuthFailure.SignatureExpire", Refuse(body, Text(v, "secret_id"), Text(v, "secret_key"), 301));
        Assert.Equal("AuthFailure.SignatureExpire", Refuse(body, Text(v, "secret_id"), Text(v, "secret_key"), -301));
        Assert.Equal("AuthFailure.SecretIdNotFound", Refuse(body, "AKIDother", Text(v, "secret_key"), 0));
        Assert.Equal("AuthFailure.SignatureFailure", Refuse(body, Text(v, "secret_id"), "another", 0));
        Assert.Equal("AuthFailure.SignatureFailure", Refuse([.. body, 32], Text(v, "secret_id"), Text(v, "secret_key"), 0));
    }

    [Fact]
    public void ToString_OfASignature_TellsNoKey() => Assert.Equal("Tc3Signature", Sign(Vectors[0], []).ToString());

    private static Tc3Signature Sign(JsonElement v, byte[] payload)
    {
        var values = new Dictionary<string, string> { ["content-type"] = Text(v, "content_type"), ["host"] = Text(v, "host"), ["x-tc-action"] = Text(v, "action") };

        // In the wrong order and with other capitals: the signature sorts and lowers them.
        KeyValuePair<string, string>[] headers = [.. Text(v, "signed_headers").Split(';').Reverse().Select(n => KeyValuePair.Create(n.ToUpperInvariant(), $" {values[n]} "))];
        return Tc3.Sign(new Tc3Call(Text(v, "service"), headers, payload, Timestamp(v)), Text(v, "secret_id"), Text(v, "secret_key"));
    }

    private static JsonElement Find(string id) => Vectors.Single(v => Text(v, "id") == id);

    private static long Timestamp(JsonElement v) => v.GetProperty("timestamp").GetInt64();

    private static string Text(JsonElement v, string name) => v.GetProperty(name).GetString()!;
}
