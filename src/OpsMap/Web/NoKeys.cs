using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace OpsMap.Web;

/// <summary>Data Protection wants to keep keys somewhere; we protect nothing with it, so they stay in memory instead of in somebody's home.</summary>
sealed class NoKeys : IXmlRepository
{
    private readonly List<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_keys) return [.. _keys];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_keys) _keys.Add(element);
    }
}
