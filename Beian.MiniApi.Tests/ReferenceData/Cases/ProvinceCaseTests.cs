using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>What is special in each province, with the neighbouring value that passes; the verdicts come from the sources that the tables name.</summary>
public sealed class ProvinceCaseTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "ReferenceData", "ProvinceCases");

    private static readonly Dictionary<string, Case> Cases = Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal)
        .SelectMany(Case.Read).ToDictionary(c => c.Id, StringComparer.Ordinal);

    public static TheoryData<string> Ids() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Judge_TheCase_GivesItsVerdict(string id)
    {
        var complaint = CaseVerdict.Complaint(Cases[id]);

        Assert.True(complaint is null, complaint);
    }

    [Fact]
    public void Cases_OfEveryProvince_AreThereInBothKinds()
    {
        foreach (var province in TheBook.Shipped.Tables.Provinces)
        {
            var own = Cases.Values.Where(c => c.Id.StartsWith(province.Code, StringComparison.Ordinal)).ToArray();

            Assert.True(own.Length >= 10, $"{province.Code} has {own.Length} cases only.");
            Assert.Contains(own, c => c.Expected == "pass");
            Assert.Contains(own, c => c.Expected == "fail");
            Assert.All(own, c => Assert.Equal(province.Code, c.Input.Text("province")));
            Assert.All(own.Where(c => c.Expected == "fail"), c => Assert.NotNull(c.Code));
        }
    }
}
