namespace Auth.Host.Http;

/// <summary>Which part of a list: <c>limit</c> and <c>offset</c>, as Clerk's Backend API has them.</summary>
public static class Paging
{
    /// <summary>Rows in one answer, unless a list says less.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Refuses what is out of bounds by its name.</summary>
    public static void Check(int? limit, int? offset, int most = MostAtOnce)
    {
        if (limit is { } asked && (asked < 1 || asked > most)) throw Problems.FieldUnknownValue.About("limit").Refuse();
        if (offset < 0) throw Problems.FieldUnknownValue.About("offset").Refuse();
    }
}
