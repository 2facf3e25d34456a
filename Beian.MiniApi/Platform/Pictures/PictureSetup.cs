namespace Beian.MiniApi.Platform.Pictures;

/// <summary>Registers what works on pictures.</summary>
public static class PictureSetup
{
    public static WebApplicationBuilder AddPictures(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PictureOptions>().BindConfiguration(PictureOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IPictureFitter, VipsPictureFitter>();
        builder.Services.AddSingleton<IPictureCopier, VipsPictureCopier>();
        return builder;
    }
}
