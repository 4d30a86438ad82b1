using System.Collections.Concurrent;

namespace Auth.Host.Passwords.Imports;

/// <summary>Which functions of other systems somebody's password still hangs on, in each instance: a handful at most, for a table that moves in was hashed in one or two ways.</summary>
public sealed class ImportedWork
{
    /// <summary>Beyond that many, the cheapest are not hidden any more.</summary>
    public const int Most = 4;

    private readonly ConcurrentDictionary<string, ImportedFunction[]> _functions = new();

    /// <summary>What every guess in this instance computes.</summary>
    public IReadOnlyList<ImportedFunction> Of(string tenant) => _functions.GetValueOrDefault(tenant, []);

    /// <summary>Somebody moves in.</summary>
    public void Comes(string tenant, ImportedFunction function) =>
        _functions.AddOrUpdate(tenant, [function], (_, known) => known.Contains(function) ? known : Costliest([.. known, function]));

    /// <summary>What there is, as the database says.</summary>
    public void Are(string tenant, IEnumerable<ImportedFunction> functions) => _functions[tenant] = Costliest(functions);

    private static ImportedFunction[] Costliest(IEnumerable<ImportedFunction> functions) => [.. functions.OrderByDescending(function => function.Weight).Take(Most)];
}
