using System.Collections.Concurrent;
using System.Globalization;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>Day, data and place of a case: the shipped book, with one known registrar and, where the case tells, where its mobile was given out.</summary>
internal sealed class CaseWorld
{
    /// <summary>Who registered every domain of every case.</summary>
    public const string Registrar = "示例注册（北京）有限公司";

    private static readonly ConcurrentDictionary<(bool, string?), ReferenceBook> Books = new();

    public CaseWorld(CaseInput input)
    {
        Book = Books.GetOrAdd((input.Flag("registrarApproved") != false, input.Text("mobileProvince")), Make);
        var today = input.Text("today", "2026-11-21")!;
        Today = DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Now = new DateTimeOffset(Today, new TimeOnly(12, 0), TimeSpan.FromHours(8));
        var city = input.Text("addressCity") ?? input.Text("communicationCity");
        city ??= CityOfLandline(input.Text("landline"));
        Province = input.Text("province") ?? (city is null ? "330000" : city[..2] + "0000");
        var cities = Book.Tables.Divisions.Single(d => d.Code == Province).Children!;
        var named = cities.SelectMany(c => c.Children ?? []).FirstOrDefault(d => d.Name == input.Text("districtName"))?.Code ?? input.Text("district");
        City = city ?? (named is null ? null : Book.CityOf(named)) ?? cities[0].Code;
        District = named ?? DistrictOf(City);
        Rules = TheBook.Rules.For(Province, Today);
        DomainRules = TheBook.Rules.For(input.Text("province"), Today);
        StrangeDistrict = input.Text("districtName") is { } typed && named is null ? typed : null;
    }

    public ReferenceBook Book { get; }

    public DateOnly Today { get; }

    public DateTimeOffset Now { get; }

    public string Province { get; }

    public string City { get; }

    public string District { get; }

    public RuleSet Rules { get; }

    /// <summary>Rules for a domain: the nation's where the case names no province.</summary>
    public RuleSet DomainRules { get; }

    /// <summary>The name of a district that the province does not have, which can only be written into the address.</summary>
    public string? StrangeDistrict { get; }

    /// <summary>A case about the form of a landline has its address where the number is from.</summary>
    private string? CityOfLandline(string? number) =>
        PhoneNumbers.AreaCodeOf(number) is { } code ? Book.Tables.AreaCodes.First(a => a.AreaCodes.Contains(code) && Book.FindCity(a.DivisionCode) is not null).DivisionCode : null;

    /// <summary>A district of a province or city.</summary>
    public string DistrictOf(string code)
    {
        var province = Book.Tables.Divisions.Single(d => d.Code == code[..2] + "0000");
        var city = province.Children!.FirstOrDefault(c => c.Code == code) ?? province.Children![0];
        return city.Children is { Count: > 0 } districts ? districts[0].Code : city.Code;
    }

    /// <summary>A place as an address begins with it.</summary>
    public string Head(string code)
    {
        var province = Book.FindProvince(code[..2] + "0000")!.Name;
        var city = Book.FindCity(code)?.Name;
        return city is null or "市辖区" or "县" || city.Contains("直辖", StringComparison.Ordinal) ? province : province + city;
    }

    private static ReferenceBook Make((bool Approved, string? MobileProvince) key) => new(TheBook.Shipped.Tables with
    {
        Registrars = new RegistrarList(true, [new Registrar(Registrar, [], null, key.Approved)]),
        MobileRanges = key.MobileProvince is null ? [] : [new MobileRange(1380000, 1380000, key.MobileProvince)],
    });
}
