using System.Globalization;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Storage;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>Made-up deliveries to a webhook.</summary>
internal static class ADelivery
{
    public static NewDelivery Of(string filing, int seq, string target = "w")
    {
        var place = seq.ToString(CultureInfo.InvariantCulture);
        var values = new Dictionary<string, string> { ["subject"] = "示例", ["filing"] = filing, ["seq"] = place };
        return new NewDelivery(
            $"{filing}-{place}", "webhook", target, "webhook:" + target, seq, "account", filing, "approve", new DeliveryBody(target, null, string.Empty, values, [1, 2, 3]), false, StoredFilings.Noon,
            StoredFilings.Noon.AddDays(3));
    }
}
