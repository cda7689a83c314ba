using Microsoft.AspNetCore.Http.HttpResults;

namespace OpsMap.Web;

/// <summary>Every refusal's one shape: application/problem+json whose detail quotes the bad value and says what to send instead.</summary>
static class Problems
{
    public static ProblemHttpResult Bad(string detail) => Of(400, "The request cannot be read", detail);

    public static ProblemHttpResult NotFound(string detail) => Of(404, "Not found", detail);

    public static ProblemHttpResult Conflict(string detail, Dictionary<string, object?>? more = null) => TypedResults.Problem(detail, statusCode: 409, title: "Not possible now", extensions: more);

    public static ProblemHttpResult TooLarge(string detail) => Of(413, "Too large", detail);

    /// <summary>For a status that nobody explained.</summary>
    public static ProblemHttpResult Plain(int status) => status switch
    {
        404 => NotFound("There is nothing at this address."),
        405 => Of(405, "Wrong method", "This address takes other methods; the Allow header names them."),
        415 => Of(415, "Wrong content type", "This address takes another content type; most take application/json."),
        _ => TypedResults.Problem(statusCode: status),
    };

    public static ProblemHttpResult Of(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);
}
