using Beian.MiniApi.Domain;
using Microsoft.AspNetCore.Components;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>A piece of the page of a filing.</summary>
public abstract class DeskPart : ConsolePart
{
    [CascadingParameter]
    public required DeskModel Model { get; set; }

    /// <summary>What is wrong at a field, worded; null when nothing is.</summary>
    protected string? WrongAt(string field) => Model.Placed[field].FirstOrDefault() is { } finding ? Worded(finding) : null;

    /// <summary>The class of a field, bad when something is wrong there.</summary>
    protected string ClassAt(string field) => Model.Placed.Contains(field) ? "field bad" : "field";

    private string Worded(Finding finding)
    {
        var text = View.Text(finding.Code, finding.Args);
        return $"{text.Detail} {(finding.RemedyCode is { } other ? View.Text(other, finding.Args).Remedy : text.Remedy)}".Trim();
    }
}
