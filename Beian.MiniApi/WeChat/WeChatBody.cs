using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat;

/// <summary>The body of a POST as it goes out, whole, so that it has a length: what comes in chunks WeChat's gateway answers with 412.</summary>
internal sealed record WeChatBody(byte[] Bytes, string ContentType)
{
    private const int MaxFileName = 64;

    public static WeChatBody Json<T>(T value) => new(WeChatJson.Serialize(value), "application/json; charset=utf-8");

    /// <summary>
    /// One file the way WeChat takes it: the boundary without quotes, name and ASCII file name with them, a type for the part, and no <c>filename*</c>.
    /// </summary>
    /// <param name="part">Name of the part.</param>
    /// <param name="picture">The file.</param>
    public static WeChatBody File(string part, WeChatPicture picture)
    {
        var boundary = "beian" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        var type = WeChatPictures.TypeOf(picture.Bytes.Span) ?? "application/octet-stream";
        var head = Encoding.ASCII.GetBytes(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{NameOf(picture.FileName)}\"\r\nContent-Type: {type}\r\n\r\n");
        var tail = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        return new WeChatBody([.. head, .. picture.Bytes.Span, .. tail], $"multipart/form-data; boundary={boundary}");
    }

    private static string NameOf(string? given)
    {
        var name = string.Concat((given ?? string.Empty).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
        return name.Length switch
        {
            0 => "picture",
            > MaxFileName => name[^MaxFileName..],
            _ => name,
        };
    }
}
