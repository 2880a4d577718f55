using Marketplace.ServiceDefaults.Bus;
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

    public bool HasDatabase(string service) => _databases.ContainsKey(service);

    public IServiceDatabase DatabaseOf(string service) => _databases[service];

    public ConsumerRegistration ConsumerOf(Uri inputAddress) => ConsumerOf(inputAddress.Segments[^1]);

    public ConsumerRegistration ConsumerOf(string queueName) =>
        _consumers.Single(consumer => consumer.QueueName == queueName);

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

    public void AddConsumer<TMessage, TConsumer>(string service, IServiceCollection services)
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

        MessageRoutes.RequireListed(registration);
        registration.AddTo(services);
        _consumers.Add(registration);
    }
}
