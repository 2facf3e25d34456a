using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage;

/// <summary>The S3-compatible service that keeps the bytes of materials where <c>Storage:Materials</c> is <c>s3</c>.</summary>
public sealed class S3Options
{
    public const string Section = "Storage:S3";

    /// <summary>Address of the service, such as <c>https://cos.ap-guangzhou.myqcloud.com</c>; demanded for <c>s3</c>, no default.</summary>
    public string ServiceUrl { get; set; } = string.Empty;

    /// <summary>Region that signatures name; default <c>us-east-1</c>.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Bucket, which must exist and be private; demanded for <c>s3</c>, no default.</summary>
    public string Bucket { get; set; } = string.Empty;

    /// <summary>In front of every key; default <c>materials/</c>.</summary>
    public string Prefix { get; set; } = "materials/";

    /// <summary>Access key; demanded for <c>s3</c>, no default. May read, write, list and delete below the prefix and nothing else.</summary>
    public string AccessKey { get; set; } = string.Empty;

    /// <summary>Secret of the access key; demanded for <c>s3</c>, no default. From the environment or user secrets, never from a file in the repository.</summary>
    public string SecretKey { get; set; } = string.Empty;

    /// <summary>Whether the bucket stands in the path instead of the host name, as MinIO wants it; default false.</summary>
    public bool PathStyle { get; set; }

    /// <summary>Seconds one request may take; default 60.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 60;
}

/// <summary>Refuses <c>s3</c> without what it needs, at the start instead of at the first upload.</summary>
internal sealed class S3OptionsDemands(IOptions<StorageOptions> storage) : IValidateOptions<S3Options>
{
    public ValidateOptionsResult Validate(string? name, S3Options options)
    {
        if (storage.Value.Materials != StorageOptions.S3)
        {
            return ValidateOptionsResult.Success;
        }

        return Uri.TryCreate(options.ServiceUrl, UriKind.Absolute, out _) && options.Bucket.Length > 0 && options.AccessKey.Length > 0 && options.SecretKey.Length > 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Storage:Materials is s3: Storage:S3:ServiceUrl, Bucket, AccessKey and SecretKey are needed.");
    }
}
