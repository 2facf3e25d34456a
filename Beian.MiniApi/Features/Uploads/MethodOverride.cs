namespace Beian.MiniApi.Features.Uploads;

/// <summary>
/// Lets a POST with <c>X-HTTP-Method-Override</c> count as PATCH or DELETE, as tus 1.0 demands; a Mini Program's wx.request cannot send PATCH at all. For uploads
/// only, and before routes are chosen.
/// </summary>
internal sealed class MethodOverride : IStartupFilter
{
    private const string Header = "X-HTTP-Method-Override";
    private static readonly PathString Below = "/api/v1/uploads";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, following) =>
        {
            var said = http.Request.Headers[Header].ToString();
            if (HttpMethods.IsPost(http.Request.Method) && (HttpMethods.IsPatch(said) || HttpMethods.IsDelete(said)) && http.Request.Path.StartsWithSegments(Below, StringComparison.Ordinal))
            {
                http.Request.Method = HttpMethods.GetCanonicalizedValue(said);
            }

            return following(http);
        });
        next(app);
    };
}
