using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Loops;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Marketplace.ServiceDefaults;

/// <summary>What a module says about itself, in one place.</summary>
public sealed class ServiceBuilder
{
    private readonly ServiceRegistry _registry;

    internal ServiceBuilder(string name, IHostApplicationBuilder host, ServiceRegistry registry)
    {
        Name = name;
        Services = host.Services;
        Configuration = host.Configuration;
        Environment = host.Environment;
        _registry = registry;
    }

    /// <summary>The module's name.</summary>
    public string Name { get; }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }

    public IHostEnvironment Environment { get; }

    /// <summary>
    /// The service's own database: <c>ConnectionStrings:{Name}</c>, migrated at start, its pool capped. Inject the
    /// context, or <c>IDbContextFactory</c> in loops.
    /// </summary>
    public ServiceBuilder AddDatabase<TDbContext>()
        where TDbContext : ServiceDbContext
    {
        _registry.AddDatabase<TDbContext>(Name, Services);
        return this;
    }

    /// <summary>
    /// One consumer per message type and service. It runs in the transaction that writes its inbox row; call
    /// <see cref="AddDatabase{TDbContext}"/> first.
    /// </summary>
    public ServiceBuilder AddConsumer<TMessage, TConsumer>()
        where TMessage : class
        where TConsumer : class, IMessageConsumer<TMessage>
    {
        _registry.AddConsumer<TMessage, TConsumer>(Name, Services);
        return this;
    }

    /// <summary>A background loop that is restarted with a back-off when it dies and never stops the host.</summary>
    public ServiceBuilder AddLoop<TLoop>()
        where TLoop : class, ISupervisedLoop
    {
        Services.TryAddSingleton<TLoop>();
        Services.AddSingleton<IHostedService>(LoopSupervisor.For<TLoop>);
        return this;
    }

    /// <summary>
    /// Options bound from a section and checked by their data annotations at start. Inject <c>IOptions</c>.
    /// </summary>
    public ServiceBuilder AddOptions<TOptions>(string section)
        where TOptions : class
    {
        Services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return this;
    }

    /// <summary>
    /// A typed client of another service that signs as this one (60-second token, that service as audience). The base
    /// address is the host's root, <c>Services:{service}:BaseUrl</c>; a service in this process is reached over
    /// loopback.
    /// </summary>
    /// <param name="create">
    /// <c>http => new ProxyClient(new ApiChannel(http))</c>. Where two modules of a process register one type, inject
    /// it with <c>[FromKeyedServices("{Name}")]</c>.
    /// </param>
    public ServiceBuilder AddServiceClient<TClient>(string service, Func<HttpClient, TClient> create)
        where TClient : class
    {
        ServiceClients.Add(Services, Name, service, create);
        return this;
    }
}
