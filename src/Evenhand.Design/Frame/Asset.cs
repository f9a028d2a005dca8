namespace Evenhand.Design;

/// <summary>Where this library's files are served.</summary>
public static class Asset
{
    /// <summary>The path of one of this library's files, to be looked up in <c>Assets</c> for its fingerprint.</summary>
    public static string Path(string file) => "_content/Evenhand.Design/" + file;
}
