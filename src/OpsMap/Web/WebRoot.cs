using OpsMap.Data;

namespace OpsMap.Web;

/// <summary>Where the pages are: beside the application once it is published, else at the top of the source tree that it was built in.</summary>
static class WebRoot
{
    public static string Find()
    {
        for (var folder = AppContext.BaseDirectory.TrimEnd('/'); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var pages = Path.Combine(folder, "wwwroot");
            if (Directory.Exists(pages) && (folder == AppContext.BaseDirectory.TrimEnd('/') || File.Exists(Path.Combine(folder, "OpsMap.sln")))) return pages;
        }
        throw new RefusedException($"the pages are missing: no wwwroot beside {AppContext.BaseDirectory}");
    }
}
