using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform;

/// <summary>An argument that may carry a refusal instead of a value; <see cref="RefusalFilter"/> answers it before the handler runs.</summary>
public interface IRefusable
{
    DomainError? Refusal { get; }
}

/// <summary>Answers a refusal that an argument brought along, before the handler runs.</summary>
public sealed class RefusalFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IRefusable { Refusal: { } refusal })
            {
                return ValueTask.FromResult<object?>(refusal.ToAnswer());
            }
        }

        return next(context);
    }
}
