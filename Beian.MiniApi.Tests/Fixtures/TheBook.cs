using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.ReferenceData;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>The reference book of the shipped data files, read once for all tests.</summary>
public static class TheBook
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "ReferenceData");

    public static readonly ReferenceBook Shipped = new ReferenceDataLoader(Folder, null).Load();

    /// <summary>The rules of the shipped packs.</summary>
    public static readonly RuleBook Rules = new ReferenceDataLoader(Folder, null).LoadRules(Shipped);
}
