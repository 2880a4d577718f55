using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Marketplace.Catalog.Database;

internal sealed class AlgorithmConverter()
    : ValueConverter<Algorithm, string>(algorithm => algorithm.Name, name => Algorithm.Named(name));
