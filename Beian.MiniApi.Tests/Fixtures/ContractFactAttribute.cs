using Xunit.Abstractions;
using Xunit.Sdk;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>A test of a contract, skipped with the reason of its subclass where that needs something that this machine has not.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Beian.MiniApi.Tests.Fixtures.ContractFactDiscoverer", "Beian.MiniApi.Tests")]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>What a subclass of a contract needs; a static property <c>WhyNot</c> of the type says why it is not there, or null.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(Type what) : Attribute
{
    public Type What => what;
}

public sealed class ContractFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact)
    {
        var what = method.TestClass.Class.GetCustomAttributes(typeof(NeedsAttribute)).FirstOrDefault()?.GetConstructorArguments().OfType<Type>().First();
        yield return what?.GetProperty("WhyNot")!.GetValue(null) is string reason
            ? new XunitSkippedDataRowTestCase(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason)
            : new XunitTestCase(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method);
    }
}
