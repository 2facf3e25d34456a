using Microsoft.AspNetCore.Components;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>A piece of a page. Components are templates: what they show is worked out before, in their models.</summary>
public abstract class ConsolePart : ComponentBase
{
    [CascadingParameter]
    public required ConsoleView View { get; set; }
}

/// <summary>A page, shown by <see cref="ConsolePage.Show{TPage}"/>.</summary>
public abstract class PageOf<TModel> : ConsolePart
{
    [Parameter]
    public required TModel Model { get; set; }
}
