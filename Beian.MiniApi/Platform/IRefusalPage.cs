namespace Beian.MiniApi.Platform;

/// <summary>Shows refusals to people instead of programs. A request whose features hold one is answered by it; every other gets a problem document.</summary>
public interface IRefusalPage
{
    /// <param name="http">The request, whose answer has not begun.</param>
    /// <param name="refusal">An answer with an <see cref="Answer.Error"/>.</param>
    Task ShowAsync(HttpContext http, Answer refusal);
}
