using Beian.MiniApi.Domain.Letters;

namespace Beian.MiniApi.Features.Letters;

/// <summary>Registers what the letters need.</summary>
public static class LettersSetup
{
    public static WebApplicationBuilder AddLetters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LetterBook>();
        builder.Services.AddSingleton<LetterPages>();
        builder.Services.AddSingleton<LetterTickets>();
        builder.Services.AddHostedService<LetterLinkSweeper>();
        return builder;
    }
}
