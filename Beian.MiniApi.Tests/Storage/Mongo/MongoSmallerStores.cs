#if CLUSTER
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>The smaller stores over MongoDB.</summary>
public sealed class MongoSmallerStores : ISmallerStores
{
    private readonly MongoStores _stores = new();

    public IReasonStore Reasons => new MongoReasonStore(_stores.Database);

    public IAttemptStore Attempts => new MongoAttemptStore(_stores.Database);

    public IFullViewStore FullViews => new MongoFullViewStore(_stores.Database);

    public IFilingIds FilingIds => new MongoFilingIds(_stores.Database);

    public IStoreHealth Health => new MongoStoreHealth(_stores.Database, Path.GetTempPath(), 1);

    public IFilingStore Filings => _stores.Filings;

    public IIdempotencyStore Idempotency => _stores.Idempotency;

    public ValueTask DisposeAsync() => _stores.DisposeAsync();
}

public sealed class MongoSmallerStoresTests() : SmallerStoresContract(new MongoSmallerStores());

#pragma warning disable CA1001 // xunit disposes by IAsyncLifetime.
public sealed class MongoPaperWorkTests : PaperWorkContract
{
    private readonly MongoStores _stores = new();

    protected override IPaperWorkStore Work => new MongoPaperWorkStore(_stores.Database);

    protected override IResumableUploadStore Uploads => new MongoResumableUploadStore(_stores.Database);

    public override Task InitializeAsync() => Task.CompletedTask;

    public override async Task DisposeAsync() => await _stores.DisposeAsync();
}
#endif
