using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>Every case of the reference data as written there, judged by the shipped book and rules.</summary>
public sealed class ValidationCaseTests
{
    private static readonly Dictionary<string, Case> Cases = Case.Read(Path.Combine(TheBook.Folder, "validation-cases.json")).ToDictionary(c => c.Id, StringComparer.Ordinal);

    public static TheoryData<string> Ids() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Judge_TheCase_GivesItsVerdict(string id)
    {
        var complaint = CaseVerdict.Complaint(Cases[id]);

        Assert.True(complaint is null, complaint);
    }

    [Fact]
    public void Cases_AreAllThere() => Assert.Equal(191, Cases.Count);
}
