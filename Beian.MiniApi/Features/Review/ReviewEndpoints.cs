using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Review;

/// <summary>The provider's review (接入商审核).</summary>
public static class ReviewEndpoints
{
    public static WebApplicationBuilder AddReview(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReviewViews>();
        return builder;
    }

    public static void MapReview(this RouteGroupBuilder api)
    {
        var review = api.MapGroup("/review").WithTags("Review").RequireAuthorization(Policies.Reviewer);
        review.MapGet("/filings", ListQueue.HandleAsync).Shows("filings")
            .WithName(nameof(ListQueue)).WithSummary("The queue with due times, newest or (sort=due) overdue and due first; narrow it by state, province, assignee (or none), overdue, kind, number, domain")
            .Produces<Page<QueueItem>>();
        review.MapGet("/stats", GetReviewStats.HandleAsync)
            .WithName(nameof(GetReviewStats)).WithSummary("Queue length, age, approval rate, rejection reasons")
            .Produces<ReviewStatsView>();

        var filing = review.MapGroup("/filings/{filingId}");
        filing.MapGet("", GetReview.HandleAsync).Shows("filings", "filingId")
            .WithName(nameof(GetReview)).WithSummary("Everything a reviewer needs: data, papers, findings, calls, rounds, changes")
            .Produces<ReviewView>().Refuses(404);
        filing.MapGet("/materials/{materialId}/content", GetReviewMaterial.HandleAsync).Shows("materials", "materialId")
            .WithName(nameof(GetReviewMaterial)).WithSummary("A paper's bytes, of this round or an earlier one")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg").Refuses(404);
        filing.MapGet("/materials/{materialId}/copies/{copy}", GetReviewMaterialCopy.HandleAsync).Shows("materials", "materialId")
            .WithName(nameof(GetReviewMaterialCopy)).WithSummary("A copy of a picture: working (upright, without camera data) or authority (as it is handed over)")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg").Refuses(404, 409);
        filing.MapPost("/full-view", GrantFullView.HandleAsync).Idempotent()
            .WithName(nameof(GrantFullView)).WithSummary("See the filing's personal data in full for 30 minutes; recorded with the reason, and told to the owner")
            .Produces<FullViewView>().Refuses(400, 404, 413, 415);
        filing.MapPost("/claim", ClaimFiling.HandleAsync).Idempotent()
            .WithName(nameof(ClaimFiling)).WithSummary("Take the filing; lapses after 30 minutes idle")
            .Produces<ReviewView>().Refuses(404, 409);
        filing.MapPost("/release", ReleaseFiling.HandleAsync).Idempotent()
            .WithName(nameof(ReleaseFiling)).WithSummary("Give the filing back to the queue")
            .Produces<ReviewView>().Refuses(404, 409);
        filing.MapPost("/calls", LogCall.HandleAsync).Idempotent()
            .WithName(nameof(LogCall)).WithSummary("Log a telephone call; the second unanswered one, an hour later, rejects")
            .Produces<ReviewView>().Refuses(404, 409, 422);
        filing.MapPost("/approval", ApproveFiling.HandleAsync).Idempotent()
            .WithName(nameof(ApproveFiling)).WithSummary("Pass the review; claimed, a call reached, nothing unknown left unexplained")
            .Produces<ReviewView>().Refuses(404, 409, 422);
        filing.MapPost("/rejection", RejectFiling.HandleAsync).Idempotent()
            .WithName(nameof(RejectFiling)).WithSummary("Send the filing back, with the fields to mend")
            .Produces<ReviewView>().Refuses(404, 409, 422);
    }
}
