namespace Beian.MiniApi.Channels.Sms;

/// <summary>Numbers as providers want them.</summary>
internal static class SmsNumbers
{
    /// <summary>In E.164, a mainland mobile with <c>+86</c>; null for what is no number.</summary>
    public static string? Of(string address) => address switch
    {
        { Length: 11 } when address[0] == '1' && address.All(char.IsAsciiDigit) => "+86" + address,
        { Length: >= 8 and <= 16 } when address[0] == '+' && address[1] is >= '1' and <= '9' && address.Skip(1).All(char.IsAsciiDigit) => address,
        _ => null,
    };
}
