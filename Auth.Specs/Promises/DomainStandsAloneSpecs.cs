using System.Reflection;

namespace Auth.Specs.Promises;

/// <summary>The rules of a sign-in depend on nothing but the language.</summary>
public class DomainStandsAloneSpecs
{
    [Fact]
    public void the_domain_references_nothing_but_the_framework() =>
        Assembly.Load("Auth.Domain").GetReferencedAssemblies()
            .Where(reference => reference.Name is not ("System.Runtime" or "System.Collections" or "System.Collections.Immutable" or "System.Linq" or "System.Memory" or "System.Text.Json"))
            .Select(reference => reference.Name)
            .ShouldBeEmpty();
}
