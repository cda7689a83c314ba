using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsMap.People;

namespace OpsMap.Tests.People;

public sealed class RouteListTests(City city) : IClassFixture<City>
{
    /// <summary>Whoever adds a route or opens one wider changes routes.txt too, where a reader of the change sees it.</summary>
    [Fact]
    public async Task Every_route_and_who_may_call_it_is_written_down()
    {
        var written = await File.ReadAllLinesAsync(Path.Combine(City.Root, "tests/OpsMap.Tests/People/routes.txt"));

        var routes = from endpoint in city.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
                     let operation = endpoint.Metadata.GetMetadata<OperationRequirement>()?.Operation
                     from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
                     select $"/{endpoint.RoutePattern.RawText?.Trim('/')} {method} {(operation is { } o ? Rights.NameOf(o) : "anonymous")}";

        var now = routes.Distinct().Order(StringComparer.Ordinal).ToArray();
        now.Except(written).ShouldBeEmpty("add to routes.txt");
        written.ShouldBe(now, "routes.txt is sorted and holds nothing else");
    }
}
