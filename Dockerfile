FROM python:3.12-slim

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1

# What pictures of outcomes are drawn with: most scripts in the first, Chinese, Japanese and Korean in the second.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-core fonts-droid-fallback \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --no-create-home folkmoot \
    && install --directory --owner=folkmoot --group=folkmoot /data

# The locked packages are a layer of their own: a change of our code doesn't install them again.
WORKDIR /src
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY . ./
RUN pip install --no-deps --no-build-isolation .

USER folkmoot
WORKDIR /data
ENV FOLKMOOT_DATA=/data
VOLUME /data

ENTRYPOINT ["folkmoot"]
CMD ["run"]
