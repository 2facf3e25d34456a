using System.Text;
using Beian.MiniApi.WeChat.Push;

namespace Beian.MiniApi.Tests.WeChat.Push;

/// <summary>Bodies are read the same from JSON and XML, and nothing in them is dangerous.</summary>
public sealed class PushDocumentTests
{
    private const string Bomb = """
        <!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Event>&c;</Event></xml>
        """;

    public static TheoryData<string> Unreadable => new(
        Bomb,
        """<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/x.dtd"><xml><Event>a</Event></xml>""",
        """<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><Event>&x;</Event></xml>""",
        """<xml><Event>&undeclared;</Event></xml>""",
        "<xml><Event>a</Event>",
        "<xml>text</xml>",
        "<xml/>",
        "<xml><Event>\u0001</Event></xml>",
        "{\"Event\":",
        "[]",
        "\"text\"",
        "null",
        "",
        "   ",
        """{"Event":"a","Event":"b"}""",
        """{"Event":"\ud800"}""",
        """{"Event":"a"} {"Event":"b"}""",
        Deep("{\"a\":", "1", "}", 17),
        Deep("<a>", "<b>1</b>", "</a>", 16),
        "{\"Event\":\"" + new string('x', PushDocument.MaxBytes) + "\"}");

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Read_WhatNoPushIs_IsNothing(string body) => Assert.Null(PushDocument.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Read_BytesThatAreNoUtf8_IsNothing() => Assert.Null(PushDocument.Read([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']));

    [Fact]
    public void Read_AtTheLimits_IsRead()
    {
        Assert.NotNull(PushDocument.Read(Encoding.UTF8.GetBytes(Deep("{\"a\":", "1", "}", 16))));
        Assert.NotNull(PushDocument.Read(Encoding.UTF8.GetBytes(Deep("<a>", "<b>1</b>", "</a>", 15))));
        Assert.NotNull(PushDocument.Read(Encoding.UTF8.GetBytes("{\"a\":\"" + new string('x', PushDocument.MaxBytes - 8) + "\"}")));
    }

    [Fact]
    public void Event_WithOneItemOrSeveral_ListsThem()
    {
        string[] bodies =
        [
            """{"List":{"TemplateId":"a"}}""",
            """{"List":[{"TemplateId":"a"}]}""",
            """{"SubscribeMsgPopupEvent":{"List":[{"TemplateId":"a"}]}}""",
            "<xml><SubscribeMsgPopupEvent><List><TemplateId><![CDATA[a]]></TemplateId></List></SubscribeMsgPopupEvent></xml>",
            "<xml><List><TemplateId>a</TemplateId></List></xml>",
        ];
        const string two = "<xml><SubscribeMsgSentEvent><List><TemplateId>a</TemplateId></List><List><TemplateId>b</TemplateId></List></SubscribeMsgSentEvent></xml>";

        Assert.All(bodies, b => Assert.Equal(["a"], Event(b).Items.Select(i => i.Text("TemplateId"))));
        Assert.Equal(["a", "b"], Event(two).Items.Select(i => i.Text("TemplateId")));
        Assert.All(new[] { "{}", """{"List":"text"}""", """{"List":[1,null]}""" }, b => Assert.Empty(Event(b).Items));
    }

    [Fact]
    public void Event_NumbersAsTextOrNumber_AreTheSame()
    {
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1790000000), Event("""{"CreateTime":1790000000}""").CreatedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1790000000), Event("""{"CreateTime":"1790000000"}""").CreatedAt);
        Assert.All(new[] { "{}", """{"CreateTime":-1}""", """{"CreateTime":1e5}""", """{"CreateTime":99999999999999}""", """{"CreateTime":{}}""" }, b => Assert.Null(Event(b).CreatedAt));
        Assert.Equal(("100", null, null), (Event("""{"result":{"label":100}}""").Text("result", "label"), Event("""{"result":1}""").Text("result", "label"), Event("{}").Text("result")));
    }

    [Fact]
    public void Key_OfDeliveriesOfOneEvent_IsOneAndOfOthersAnother()
    {
        const string json = """{"FromUserName":"o","CreateTime":1,"Event":"e","List":{"TemplateId":"t"}}""";
        string[] others =
        [
            """{"FromUserName":"p","CreateTime":1,"Event":"e","List":{"TemplateId":"t"}}""",
            """{"FromUserName":"o","CreateTime":2,"Event":"e","List":{"TemplateId":"t"}}""",
            """{"FromUserName":"o","CreateTime":1,"Event":"f","List":{"TemplateId":"t"}}""",
            """{"FromUserName":"o","CreateTime":1,"Event":"e","List":{"TemplateId":"u"}}""",
            """{"FromUserName":"o","CreateTime":1,"Event":"e","List":{"TemplateId":"t","MsgID":"1"}}""",
            """{"FromUserName":"o","CreateTime":1,"Event":"e","trace_id":"x","List":{"TemplateId":"t"}}""",
            """{"FromUserName":"o","CreateTime":1,"MsgId":"1"}""",
            """{"FromUserName":"o","CreateTime":1,"MsgId":"2"}""",
            """{"Event":"e","x":1}""",
            """{"Event":"e","x":2}""",
        ];

        Assert.Equal(Event(json).Key, Event("<xml><FromUserName>o</FromUserName><CreateTime>1</CreateTime><Event>e</Event><W><List><TemplateId>t</TemplateId></List></W></xml>").Key);
        Assert.Equal(Event(others[6]).Key, Event("""{"FromUserName":"o","CreateTime":"9","MsgId":1}""").Key);
        Assert.Equal(11, others.Append(json).Select(b => Event(b).Key).Distinct().Count());
        Assert.Equal(Event(json).Key, WeChatEvent.Restore(Event(json).ToText()).Key);
    }

    private static WeChatEvent Event(string body) => WeChatEvent.Of(PushDocument.Read(Encoding.UTF8.GetBytes(body))!);

    private static string Deep(string open, string inside, string close, int times) =>
        string.Concat(Enumerable.Repeat(open, times)) + inside + string.Concat(Enumerable.Repeat(close, times));
}
