using System.Text.Json.Nodes;

namespace Auth.Host.Http;

/// <summary>One way in which a request can go wrong: the row of the catalogue. It never says whether a person exists (R81).</summary>
/// <param name="Code">Its name for ever; <c>/problems/{code}</c> tells more.</param>
/// <param name="Title">Short; the same for every occurrence.</param>
/// <param name="Detail">What a person can be shown.</param>
public sealed record Problem(string Code, int Status, string Title, string Detail)
{
    /// <summary>Where the type link of RFC 9457 leads.</summary>
    public string Type => $"/problems/{Code}";

    /// <summary>The answer to a request, as it is.</summary>
    public ProblemAnswer Answer() => new(this);

    /// <summary>The answer that names the field at fault.</summary>
    public ProblemAnswer About(string field) => Answer().With("param_name", field);

    /// <summary>The answer that says how long to wait: <c>Retry-After</c> in whole seconds, rounded up.</summary>
    public ProblemAnswer After(TimeSpan wait) => new(this, wait);

    /// <summary>Leaves the request at once with this answer.</summary>
    public Refused Refuse() => new(Answer());
}

#pragma warning disable CA1710 // "throw … Refused" is what it says
/// <summary>A request that was refused before it reached a command. Thrown where a request is read, answered by <see cref="Failures"/>.</summary>
public sealed class Refused(ProblemAnswer answer) : Exception(answer.Problem.Code)
{
    public ProblemAnswer Answer { get; } = answer;
}
#pragma warning restore CA1710

/// <summary>A problem on its way out: RFC 9457 and Clerk's <c>errors[]</c> in one body.</summary>
/// <param name="Wait">When trying again can help.</param>
/// <param name="Meta">Clerk's <c>meta</c>; left out when there is nothing to tell.</param>
/// <param name="Also">What else is wrong, told in <c>errors[]</c> after the first.</param>
public sealed record ProblemAnswer(Problem Problem, TimeSpan? Wait = null, JsonObject? Meta = null, IReadOnlyList<ProblemAnswer>? Also = null) : IResult
{
    private const int MostTold = 5;   // a body has at most 2 KiB

    /// <summary>Several at once: the first gives the status, the others stand beside it, as many as there is room for.</summary>
    public static ProblemAnswer Together(IReadOnlyList<ProblemAnswer> all) => all[0] with { Also = [.. all.Skip(1).Take(MostTold - 1)] };

    /// <summary>The same answer with one more member of <c>errors[0].meta</c>.</summary>
    public ProblemAnswer With(string name, JsonNode? value) =>
        this with { Meta = new JsonObject(((Meta ?? []).DeepClone().AsObject()).Where(m => m.Key != name).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))) { [name] = value } };

    /// <summary>For <c>throw</c>.</summary>
    public Refused Refuse() => new(this);

    public Task ExecuteAsync(HttpContext httpContext) => ProblemJson.Write(httpContext, this);
}
