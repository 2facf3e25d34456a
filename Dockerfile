# Two images: the last stage, without a shell and nearly without anything (docker build .), and `tools` (docker build --target tools .), which has what makes
# the copies of pictures. STACK=cluster builds in MongoDB, Redis and SKIT; SKIT=false leaves out SKIT alone. How to run them: docs/operations.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
ARG STACK=embedded
ARG SKIT=true
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY Beian.MiniApi/Beian.MiniApi.csproj Beian.MiniApi/
RUN dotnet restore Beian.MiniApi -p:Stack=$STACK -p:Skit=$SKIT
COPY .editorconfig ./
COPY Beian.MiniApi/ Beian.MiniApi/
RUN dotnet publish Beian.MiniApi --no-restore --configuration Release -p:Stack=$STACK -p:Skit=$SKIT -p:UseAppHost=false --output /app && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble AS tools
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libvips-tools util-linux \
    && rm -rf /var/lib/apt/lists/*
ENV ASPNETCORE_HTTP_PORTS=8080 Storage__Folder=/data Logs__Format=json
WORKDIR /app
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
COPY --from=build /app ./
USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["dotnet", "Beian.MiniApi.dll", "health"]
ENTRYPOINT ["dotnet", "Beian.MiniApi.dll"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled
ENV ASPNETCORE_HTTP_PORTS=8080 Storage__Folder=/data Logs__Format=json
WORKDIR /app
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
COPY --from=build /app ./
USER $APP_UID
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["dotnet", "Beian.MiniApi.dll", "health"]
ENTRYPOINT ["dotnet", "Beian.MiniApi.dll"]
