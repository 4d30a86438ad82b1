namespace Auth.Host.Audit.WhatIf;

/// <summary>Which settings are tried, on which sign-ins.</summary>
/// <param name="Since">Sign-ins that began then or later …</param>
/// <param name="Until">… and before then.</param>
/// <param name="Prices">What a text costs, by country; under no country, to anywhere else.</param>
/// <param name="MostCases">How many are named; all are counted.</param>
/// <param name="Only">The sign-in whose steps are told one by one.</param>
public sealed record TrialQuestion(Candidate Candidate, DateTimeOffset Since, DateTimeOffset Until, IReadOnlyDictionary<string, decimal> Prices, int MostCases, Guid? Only = null)
{
    /// <summary>Whether that is in the window.</summary>
    internal bool Takes(DateTimeOffset at) => at >= Since && at < Until;
}
