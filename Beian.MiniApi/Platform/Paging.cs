using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Text;
using Beian.MiniApi.Domain;
using Microsoft.AspNetCore.Http.Metadata;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Which page of a list is asked for: <c>?limit=1..100</c> (20 when absent) and <c>?cursor=</c>. Bind it as a handler parameter; a bad value is refused
/// before the handler runs. Give <see cref="After"/> and <see cref="Take"/> to the store and the rows to <see cref="Page.Of"/>.
/// </summary>
public sealed class PageRequest : IRefusable, IBindableFromHttpContext<PageRequest>, IEndpointParameterMetadataProvider
{
    public const int DefaultLimit = 20;

    public const int MaxLimit = 100;

    /// <summary>Longest key a cursor may carry; ours are ids of 32 characters.</summary>
    private const int MaxKeyLength = 128;

    private PageRequest(int limit, string? after, DomainError? refusal) => (Limit, After, Refusal) = (limit, after, refusal);

    public DomainError? Refusal { get; }

    /// <summary>Most items on the page, 1 to 100.</summary>
    public int Limit { get; }

    /// <summary>Sort key of the last item of the page before, exclusive; null for the first page.</summary>
    public string? After { get; }

    /// <summary>How many rows to read: one more than the page holds, to see whether another page follows.</summary>
    public int Take => Limit + 1;

    public static ValueTask<PageRequest?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<PageRequest?>(Parse(context.Request.Query["limit"], context.Request.Query["cursor"]));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new PagedAttribute());

    /// <param name="limit">The query value as it came; null or empty for the default.</param>
    /// <param name="cursor">A cursor of this service; null or empty for the first page.</param>
    public static PageRequest Parse(string? limit, string? cursor)
    {
        var size = DefaultLimit;
        if (!string.IsNullOrEmpty(limit) && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxLimit))
        {
            return new PageRequest(DefaultLimit, null, RequestErrors.BadLimit());
        }

        if (string.IsNullOrEmpty(cursor))
        {
            return new PageRequest(size, null, null);
        }

        return Decode(cursor) is { } after ? new PageRequest(size, after, null) : new PageRequest(size, null, RequestErrors.BadCursor());
    }

    internal static string Encode(string key) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(key));

    private static string? Decode(string cursor)
    {
        // A cursor only says where to go on; whose rows are read is decided by the query, so it needs no signature.
        if (cursor.Length > MaxKeyLength * 2 || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var key = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        return key.Length is > 0 and <= MaxKeyLength && key.All(c => c is >= '!' and <= '~' and not '?') ? key : null;
    }
}

/// <summary>One page of a list, newest first.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="NextCursor">Goes into <c>?cursor=</c> for the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Cuts rows into a page.</summary>
public static class Page
{
    /// <param name="rows">Up to <see cref="PageRequest.Take"/> rows in the order of the list.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="keyOf">The sort key of a row: printable ASCII, unique in the list.</param>
    /// <param name="viewOf">What the caller sees of a row.</param>
    public static Page<TView> Of<TRow, TView>(IReadOnlyList<TRow> rows, PageRequest request, Func<TRow, string> keyOf, Func<TRow, TView> viewOf)
    {
        var more = rows.Count > request.Limit;
        var shown = more ? [.. rows.Take(request.Limit)] : rows;
        return new Page<TView>([.. shown.Select(viewOf)], more ? PageRequest.Encode(keyOf(shown[^1])) : null);
    }
}

/// <summary>On routes that answer a page; Swagger documents <c>limit</c> and <c>cursor</c> from it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PagedAttribute : Attribute;
