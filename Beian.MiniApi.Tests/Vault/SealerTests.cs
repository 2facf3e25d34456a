using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Tests.Vault;

public sealed class SealerTests
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes("{\"name\":\"测试甲\"}");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Open_WhatWasSealed_GivesItBack(int length)
    {
        var sealer = ARing.SealerWith(1);
        var plain = RandomNumberGenerator.GetBytes(length);

        var stored = sealer.Seal("filings.payload", "1", plain);

        Assert.Equal(plain, sealer.Open("filings.payload", "1", stored));
        Assert.Equal(length + Sealer.Overhead, stored.Length);
        Assert.NotEqual(stored, sealer.Seal("filings.payload", "1", plain));
    }

    [Fact]
    public void Open_AtAnotherPlaceOrAltered_Fails()
    {
        var sealer = ARing.SealerWith(2);
        var stored = sealer.Seal("filings.payload", "1", Plain);

        Assert.ThrowsAny<CryptographicException>(() => sealer.Open("filings.payload", "2", stored));
        Assert.ThrowsAny<CryptographicException>(() => sealer.Open("subjects.payload", "1", stored));
        for (var i = 2; i < stored.Length; i++)
        {
            var altered = stored.ToArray();
            altered[i] ^= 1;
            Assert.True(Record.Exception(() => sealer.Open("filings.payload", "1", altered)) is CryptographicException, $"byte {i}");
        }
    }

    [Fact]
    public void Open_SealedByAnOlderKey_StillOpensAndIsToldFromTheNewOnes()
    {
        var sealer = ARing.Sealer();
        var first = ARing.Row(sealer, 1);
        sealer.Load([first]);
        var old = sealer.Seal("k", "1", Plain);
        var oldText = sealer.SealText("k", "1", "甲");

        sealer.Load([first, ARing.Row(sealer, 2)]);
        var fresh = sealer.Seal("k", "1", Plain);

        Assert.Equal(Plain, sealer.Open("k", "1", old));
        Assert.Equal("甲", sealer.OpenText("k", "1", oldText));
        Assert.True(fresh.AsSpan().StartsWith(sealer.CurrentMark()) && !old.AsSpan().StartsWith(sealer.CurrentMark()));
        Assert.True(sealer.SealText("k", "1", "甲").StartsWith(sealer.CurrentTextMark(), StringComparison.Ordinal) && !oldText.StartsWith(sealer.CurrentTextMark(), StringComparison.Ordinal));
    }

    [Fact]
    public void Open_SealedByAKeyOfAnotherProcess_ReadsTheKeysAgain()
    {
        var sealer = ARing.Sealer();
        var rows = new[] { ARing.Row(sealer, 1), ARing.Row(sealer, 2) };
        sealer.Load(rows[..1]);
        sealer.Reload = () => rows;
        var other = new Sealer(sealer.Ring);
        other.Load(rows);

        Assert.Equal(Plain, sealer.Open("k", "1", other.Seal("k", "1", Plain)));
        Assert.Equal(2, sealer.ActiveId);
    }

    [Fact]
    public void Load_OfKeysReadBeforeANewOneCame_KeepsTheNewOne()
    {
        var sealer = ARing.Sealer();
        var rows = new[] { ARing.Row(sealer, 1), ARing.Row(sealer, 2) };
        sealer.Load(rows);

        sealer.Load(rows[..1]);

        Assert.Equal(2, sealer.ActiveId);
    }

    [Fact]
    public void Open_OfWhatWasNeverSealed_GivesItAsItIs()
    {
        var legacy = new Sealer(ARing.New(), (purpose, _) => Encoding.UTF8.GetBytes("by " + purpose));
        legacy.Load([ARing.Row(legacy, 1)]);
        byte[] byDataProtection = [0x09, 0xF0, 0xC9, 0xF0, 1, 2, 3];

        Assert.Equal(Plain, legacy.Open("k", "1", Plain));
        Assert.Equal([], legacy.Open("k", "1", []));
        Assert.Equal("iPhone", legacy.OpenText("k", "1", "iPhone"));
        Assert.Equal("by old", Encoding.UTF8.GetString(legacy.Open("k", "1", byDataProtection, "old")));
        Assert.Equal(byDataProtection, legacy.Open("k", "1", byDataProtection));
    }

    [Fact]
    public void Seal_MoreOftenThanAKeyMay_IsRefused()
    {
        var sealer = ARing.Sealer();
        sealer.Load([ARing.Row(sealer, 1) with { Seals = Sealer.MaxSeals - 1 }]);
        sealer.Seal("k", "1", Plain);

        Assert.Throws<InvalidOperationException>(() => sealer.Seal("k", "1", Plain));
    }

    [Fact]
    public async Task Seal_ByManyThreads_OpensAgain()
    {
        var sealer = ARing.SealerWith(1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var id = $"{t}-{i}";
                Assert.Equal(Plain, sealer.Open("k", id, sealer.Seal("k", id, Plain)));
            }
        })));

        Assert.Equal(16_000, sealer.Seals);
    }
}
