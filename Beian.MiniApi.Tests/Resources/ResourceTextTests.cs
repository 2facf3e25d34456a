using System.Reflection;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Tests.Resources;

public sealed class ResourceTextTests
{
    [Theory]
    [InlineData(typeof(AuthCodeErrors))]
    [InlineData(typeof(ImportErrors))]
    [InlineData(typeof(ResourceErrors))]
    public void Every_Refusal_HasItsTexts(Type errors)
    {
        var known = TextCatalogue.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "texts")).Codes.ToHashSet(StringComparer.Ordinal);
        var codes = errors.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(CodeOf).ToList();

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains(code, known));
    }

    private static string CodeOf(MethodInfo factory)
    {
        var arguments = factory.GetParameters().Select(p => p.ParameterType switch
        {
            var t when t == typeof(string) => (object)"/x",
            var t when t == typeof(int) => 1,
            var t when t == typeof(TimeSpan) => TimeSpan.FromSeconds(1),
            _ => new[] { new Finding("/x", "resource.expiring") },
        });
        return factory.Invoke(null, [.. arguments]) switch
        {
            DomainError error => error.Code,
            Finding finding => finding.Code,
            var other => throw new InvalidOperationException($"{factory.Name} makes {other}."),
        };
    }
}
