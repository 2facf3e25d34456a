using Amazon.Runtime;
using Amazon.S3;

namespace Beian.MiniApi.Storage.S3;

/// <summary>Makes the client of the service.</summary>
public static class S3Setup
{
    /// <summary>Extra check sums are for AWS alone: the compatible services refuse them or answer without.</summary>
    public static IAmazonS3 Client(S3Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var config = new AmazonS3Config
        {
            ServiceURL = options.ServiceUrl,
            AuthenticationRegion = options.Region,
            ForcePathStyle = options.PathStyle,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxErrorRetry = 2,
        };
        return new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    /// <summary>What the service says apart from what we say: a service that is away is a failure of storage, not of the program.</summary>
    /// <exception cref="StorageFailedException">It refused, was not there, broke off or took too long.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        try
        {
            return await ask();
        }
        catch (Exception e) when (IsOfService(e, cancellationToken))
        {
            throw new StorageFailedException("The object store did not do it.", e);
        }
    }

    /// <summary>True for what the service, or the way to it, did: refused, was not there, broke off, took too long. A caller who went away is none of it.</summary>
    public static bool IsOfService(Exception e, CancellationToken cancellationToken) =>
        e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException
        || (e is OperationCanceledException or TimeoutException && !cancellationToken.IsCancellationRequested);
}
