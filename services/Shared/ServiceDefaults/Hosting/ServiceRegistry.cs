using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.ServiceDefaults;

/// <summary>What the modules of this process have said about themselves.</summary>
internal sealed class ServiceRegistry(IReadOnlyList<IServiceModule> modules)
{
    private readonly Dictionary<string, IServiceDatabase> _databases = new(StringComparer.Ordinal);
    private readonly List<ConsumerRegistration> _consumers = [];

    public IReadOnlyList<IServiceModule> Modules => modules;

    public IReadOnlyCollection<IServiceDatabase> Databases => _databases.Values;

    public IReadOnlyList<ConsumerRegistration> Consumers => _consumers;

    public void AddDatabase<TDbContext>(string service, IServiceCollection services)
        where TDbContext : ServiceDbContext
    {
        var database = new ServiceDatabase<TDbContext>(service);
        if (!_databases.TryAdd(service, database))
        {
            throw new InvalidOperationException($"Service '{service}' has one database.");
        }

        database.AddTo(services);
    }

    public void AddConsumer<TMessage, TConsumer>(string service)
        where TMessage : class
        where TConsumer : class, IMessageConsumer<TMessage>
    {
        if (!_databases.TryGetValue(service, out var database))
        {
            throw new InvalidOperationException($"Service '{service}' adds its database before its consumers.");
        }

        var registration = database.Consumer<TMessage, TConsumer>();
        if (_consumers.Any(other => other.QueueName == registration.QueueName))
        {
            throw new InvalidOperationException($"Queue '{registration.QueueName}' has one consumer.");
        }

        _consumers.Add(registration);
    }
}
